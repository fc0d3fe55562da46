/**
 * What leaves this kiosk, by what the issuer has signed: sheets for the printer, or a file for a telephone. The printing
 * path takes `PaperSheets` and nothing else, and of a document that is bound to a file none can be made.
 */
import { type Answer, answer, refuse } from '@dokodemo/domain';
import { type DocumentBinding, isElectronic } from '@dokodemo/protocol';

export class PaperSheets {
  readonly #sheets: readonly Uint8Array[];

  private constructor(sheets: readonly Uint8Array[]) {
    this.#sheets = sheets;
  }

  /** Undefined: the document is a file. */
  static of({ answers }: Pick<DocumentBinding, 'answers'>, sheets: readonly Uint8Array[]): PaperSheets | undefined {
    return isElectronic(answers) ? undefined : new PaperSheets(sheets);
  }

  entries(): IterableIterator<[number, Uint8Array]> {
    return this.#sheets.entries();
  }
}

export type Outgoing =
  | { readonly medium: 'paper'; readonly sheets: PaperSheets }
  | { readonly medium: 'electronic'; readonly file: Uint8Array };

/** An electronic copy is one file, and one copy. */
export function outgoingOf(binding: DocumentBinding, sheets: readonly Uint8Array[]): Answer<Outgoing> {
  const paper = PaperSheets.of(binding, sheets);
  if (paper !== undefined) return answer({ medium: 'paper', sheets: paper });
  const [file, ...more] = sheets;
  if (file === undefined || more.length > 0 || binding.copies !== 1) {
    return refuse('MISMATCH_STOP', `a file of ${sheets.length} parts in ${binding.copies} copies`);
  }
  return answer({ medium: 'electronic', file });
}
