/** The one question that the center asks in its own name before it knows an issuer: which municipality. */
import type { Option } from '@dokodemo/protocol';
import type { MunicipalityName } from './given.ts';

export function municipalityOption({ code, name }: MunicipalityName): Option {
  return { id: `m-${code}`, label: { plain: name } };
}

/** 'm-482013' → '482013'. */
export function municipalityOfOption(optionId: string): string | undefined {
  return /^m-[0-9]{6}$/.test(optionId) ? optionId.slice(2) : undefined;
}
