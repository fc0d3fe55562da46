import type { DocumentFrame, Rendered } from '@dokodemo/documents';
import { dayInJapan, isoJapan } from '@dokodemo/domain';
import type { Drawn, Frame } from './kind.ts';

/** What every certificate of the house has around it: number, day, certifier, seal, marks of a specimen. */
export function documentFrame({
  profile,
  certifier,
  seal,
  documentNumber,
  issuedAtMs,
  specimen,
  proof,
}: Frame): DocumentFrame {
  return {
    municipality: profile.code,
    municipalityName: profile.name,
    documentNumber,
    issuedOn: dayInJapan(issuedAtMs),
    issuedAt: isoJapan(issuedAtMs),
    certifier: { title: certifier.title, name: { text: certifier.name }, seal: seal.image },
    specimen,
    ...(proof === undefined ? {} : { proof }),
    ...(profile.forms === undefined ? {} : { forms: profile.forms }),
  };
}

export function drawnFrom(rendered: Rendered): Drawn {
  return rendered.ok
    ? { ok: true, sheets: rendered.sheets.map(({ pdf }) => pdf) }
    : { ok: false, code: rendered.code, detail: fieldOnly(rendered.detail) };
}

/** Which field it was may be kept; a character of somebody's name may not. */
function fieldOnly(detail: string): string {
  return /^([A-Za-z][A-Za-z ]{0,40}):/.exec(detail)?.[1] ?? 'a field';
}
