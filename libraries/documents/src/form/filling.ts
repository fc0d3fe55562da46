/** What a form is filled with: plain data under the names that the form uses. */
import type { MunicipalityCode, RegisterText } from '@dokodemo/domain';
import type { BitImage } from '../pdf/pdf-file.ts';
import type { Form } from './form.ts';

/** One text, or several that each begin on a line of their own. */
export type Value = string | RegisterText | readonly (string | RegisterText)[];

/** A black-and-white image and its true width. */
export type TrueSizeImage = { readonly widthMm: number; readonly image: BitImage };

export type Filling = {
  /** Which of the section's blocks it is drawn with. */
  readonly block?: string;
  readonly values?: Readonly<Record<string, Value>>;
  readonly flags?: Readonly<Record<string, boolean>>;
  readonly images?: Readonly<Record<string, TrueSizeImage>>;
  readonly lists?: Readonly<Record<string, readonly Filling[]>>;
};

export type OfficialSeal = TrueSizeImage;

export type Certifier = {
  /** 職名 with the prefecture's name: 「見本県どこでも市長」. */
  readonly title: string;
  readonly name: RegisterText;
  readonly seal: OfficialSeal;
};

/** What makes a front checkable, and its copy known as one. */
export type FrontProof = {
  /** 照合コード as it is printed. */
  readonly checkCode: string;
  /** The paper is none: a file that is signed as such, and says so at its foot. */
  readonly electronic?: true;
  /** The mark that says it to a machine, and where it stands. Absent on what is not made to be scanned. */
  readonly mark?: {
    readonly image: BitImage;
    readonly leftMm: number;
    readonly topMm: number;
    readonly sideMm: number;
  };
  /** けん制文字: dots over the whole page at 600 dpi (4960 × 7016), under everything else. */
  readonly ground?: BitImage;
};

export type DocumentFrame = {
  readonly municipality: MunicipalityCode;
  readonly municipalityName: string;
  readonly documentNumber: string;
  /** ISO day; printed in the Japanese calendar. */
  readonly issuedOn: string;
  /** ISO 8601 with offset: when the file says that it was made. */
  readonly issuedAt: string;
  readonly certifier: Certifier;
  /** Marks every sheet 見本. */
  readonly specimen: boolean;
  /** Absent: the paper has no coded back. */
  readonly proof?: FrontProof;
  /** The municipality's own words in place of a form's texts, by form and name. */
  readonly texts?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The municipality's own forms in place of the house's, by `formId`. */
  readonly forms?: Readonly<Record<string, Form>>;
};

export type RenderedSheet = {
  /** One complete PDF. */
  readonly pdf: Uint8Array;
  /** SHA-256 of its bytes, hex. */
  readonly digest: string;
  /** What was filled in, in order; labels are not repeated here. */
  readonly said: readonly string[];
};

export type Rendered =
  | { readonly ok: true; readonly sheets: readonly RenderedSheet[] }
  | {
      readonly ok: false;
      readonly code: 'GLYPH_MISSING' | 'TEXT_OVERFLOW' | 'PAGE_LIMIT' | 'FORM_INCOMPLETE';
      /** Which field, and what is wrong with it; no personal data. */
      readonly detail: string;
    };

/** A refusal on its way out of the drawing. */
export class NotRenderable extends Error {
  readonly code: Exclude<Rendered, { ok: true }>['code'];

  constructor(code: NotRenderable['code'], detail: string) {
    super(detail);
    this.code = code;
  }
}

/** A flag of the entry, else of the whole; `!name` is its opposite. Nobody set it: it is not set. */
export function holds(when: string | undefined, entry: Filling, whole: Filling): boolean {
  if (when === undefined) return true;
  const name = when.startsWith('!') ? when.slice(1) : when;
  const set = entry.flags?.[name] ?? whole.flags?.[name] ?? false;
  return when.startsWith('!') ? !set : set;
}
