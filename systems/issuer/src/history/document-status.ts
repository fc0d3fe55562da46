/** What a document number is worth, and who took what when: the municipality's own questions to its history. */
import { answersVoid } from '@dokodemo/domain';
import type { Application } from '../store/records.ts';
import type { IssuerStore } from '../store/store.ts';

/** `unknown`: never given out, or given out and its paper not confirmed (yet). */
export type DocumentStatus =
  | { readonly status: 'issued'; readonly at: string; readonly kindId: string }
  | { readonly status: 'void' }
  | { readonly status: 'unknown' };

export function statusOf(application: Application | undefined): DocumentStatus {
  if (application === undefined) return { status: 'unknown' };
  if (answersVoid(application.state)) return { status: 'void' };
  const handedOver = application.outcomes.find(({ outcome }) => outcome === 'handed-over');
  if (application.state !== 'handed-over' || handedOver === undefined) return { status: 'unknown' };
  return { status: 'issued', at: handedOver.at, kindId: application.kindId ?? '' };
}

export type History = {
  /** For whoever holds a paper: no personal data. */
  documentStatus(municipality: string, documentNumber: string): Promise<DocumentStatus>;
  /** For the municipality's staff and auditors. */
  application(municipality: string, applicationId: string): Promise<Application | undefined>;
  byDocumentNumber(municipality: string, documentNumber: string): Promise<Application | undefined>;
  list(
    municipality: string,
    range: { readonly fromMs: number; readonly untilMs: number; readonly limit: number },
  ): Promise<readonly Application[]>;
};

const listMax = 1_000;

export function createHistory(store: IssuerStore): History {
  return {
    documentStatus: async (municipality, number) => statusOf(await store.findByDocumentNumber(municipality, number)),
    application: (municipality, applicationId) => store.findApplication(municipality, applicationId),
    byDocumentNumber: (municipality, number) => store.findByDocumentNumber(municipality, number),
    list: (municipality, range) =>
      store.listApplications(municipality, { ...range, limit: Math.min(range.limit, listMax) }),
  };
}
