/** The one question that the center asks in its own name before it knows an issuer: which municipality. */
import type { Option } from '@dokodemo/protocol';
import type { Given, MunicipalityName } from './given.ts';
import type { Session } from './state.ts';

/** Those that know the card; every one where none does; and, once 'another than home' was said, all but the home. */
export function municipalitiesToAsk({ known, placeAsked }: Session, { municipalities }: Given) {
  return municipalities.filter(({ code }) =>
    placeAsked ? !known.includes(code) : known.length === 0 || known.includes(code),
  );
}

export function municipalityOption({ code, name }: MunicipalityName): Option {
  return { id: `m-${code}`, label: { plain: name } };
}

/** 'm-482013' → '482013'. */
export function municipalityOfOption(optionId: string): string | undefined {
  return /^m-[0-9]{6}$/.test(optionId) ? optionId.slice(2) : undefined;
}
