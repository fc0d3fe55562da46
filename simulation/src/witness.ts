/**
 * What really happened, seen from outside the systems: what cards signed, what was drawn, which sheets lie in which
 * tray, where each coin went, what was answered to whom. The checks read this and never ask the systems themselves.
 */
import type { RecordedEvent } from '@dokodemo/center';
import type { Application } from '@dokodemo/issuer';
import { isElectronic, type ReportedFact } from '@dokodemo/protocol';
import type { Exchange } from './network.ts';
import type { Person } from './town.ts';

/** A card gave its signature over a challenge, at a kiosk. */
export type Signing = {
  readonly at: number;
  readonly terminalId: string;
  readonly person: Person;
  /** 32 bytes, hex. */
  readonly challenge: string;
};

/** PREPARE under way in one process. */
export type Preparing = { readonly applicationId: string; readonly begunAt: number };

/** Whose restrictions forbid it, and whose names may stand on it: of all at home, of the holder alone, or of those in the
 *  holder's family register. */
export type Concerns = 'household' | 'holder' | 'family';

/** A sheet as it left the form: whose household it shows and every word on it. */
export type Drawing = {
  readonly at: number;
  readonly digest: string;
  readonly documentNumber: string;
  /** Document number and page, e.g. `20261123-482013-0000042 1/2`. */
  readonly name: string;
  readonly municipality: string;
  readonly holder: string;
  readonly concerns: Concerns;
  /** Those whose names of the resident register have to stand on it. */
  readonly members: readonly string[];
  readonly said: readonly string[];
  /** What the process that drew it was preparing at that moment. */
  readonly underWay: readonly Preparing[];
};

export type SheetInTray = {
  readonly at: number;
  /** When the kiosk gave it to the printer. */
  readonly givenAt: number;
  readonly terminalId: string;
  readonly digest: string;
};

/** A file that the center has given out for the first time. */
export type FileOut = { readonly at: number; readonly terminalId: string; readonly digest: string };

/** A file that a resident holds in their telephone. */
export type FileInHand = { readonly visit: string; readonly person: Person; readonly digest: string };

export type MoneyMove = {
  readonly at: number;
  readonly terminalId: string;
  readonly applicationId: string;
  readonly kind: 'inserted' | 'captured' | 'change' | 'returned';
  readonly yen: number;
};

/** What a money unit holds, counted coin by coin. */
export type MoneyCount = {
  readonly terminalId: string;
  readonly insertedYen: number;
  readonly escrowYen: number;
  readonly vaultYen: number;
  readonly changeYen: number;
  readonly returnedYen: number;
};

/** How a visit to a kiosk ended, as the resident saw it. */
export type VisitEnd = {
  readonly visit: string;
  readonly person: Person;
  readonly terminalId: string;
  readonly begunAt: number;
  readonly endedAt: number;
  /** The last screen; 'walked-away' for those who did not wait for one, 'gave-up' for those who waited too long. */
  readonly end: string;
  /** Codes of refusals that were shown. */
  readonly refusals: readonly string[];
  readonly applications: readonly string[];
  readonly insertedYen: number;
  readonly takenYen: number;
  /** Money of others that lay in the slot, and sheets of others that lay in the tray, when this resident took theirs. */
  readonly strangeYen: number;
  readonly strangeSheets: number;
  readonly sheets: number;
};

function json<T>(bytes: Uint8Array | null): T {
  return JSON.parse(Buffer.from(bytes ?? []).toString('utf8')) as T;
}

export class Witness {
  readonly #out = new Set<string>();
  readonly signings: Signing[] = [];
  readonly drawings = new Map<string, Drawing>();
  /** Applications as the issuers' stores keep them, in the order in which they were kept. */
  readonly kept: Application[] = [];
  /** The same as they stand now. */
  readonly records = new Map<string, Application>();
  readonly events: RecordedEvent[] = [];
  /** Every report that a kiosk has ever sent: what it was, and whether the center has settled it. */
  readonly reports = new Map<string, { readonly what: string; settled: boolean }>();
  readonly trays: SheetInTray[] = [];
  readonly files: FileOut[] = [];
  readonly filesInHand: FileInHand[] = [];
  readonly money: MoneyMove[] = [];
  readonly exchanges: Exchange[] = [];
  readonly visits: VisitEnd[] = [];

  exchanged(exchange: Exchange): void {
    this.exchanges.push(exchange);
    if (exchange.endpoint !== 'reportFacts') return;
    const { facts } = json<{ facts: ReportedFact[] }>(exchange.request.body);
    for (const { factId, fact } of facts) {
      const what = `${fact.kind} of ${exchange.from.id}`;
      if (!this.reports.has(factId)) this.reports.set(factId, { what, settled: false });
    }
    if (exchange.reply.status !== 200) return;
    const { accepted, refused } = json<{ accepted: string[]; refused: { factId: string }[] }>(exchange.reply.body);
    for (const factId of [...accepted, ...refused.map((it) => it.factId)]) {
      const report = this.reports.get(factId);
      if (report !== undefined) report.settled = true;
    }
  }

  keep(application: Application): void {
    this.kept.push(application);
    this.records.set(application.applicationId, application);
  }

  /** Did the center ever have to ask a person about an application? */
  hadCase(applicationId: string): boolean {
    return this.events.some(({ body }) => body.kind === 'CaseOpened' && body.applicationId === applicationId);
  }

  sheetOut(sheet: SheetInTray): void {
    this.trays.push(sheet);
    this.#out.add(sheet.digest);
  }

  /** By what was confirmed at the kiosk. */
  #choseFile(applicationId: string): boolean {
    return this.events.some(
      ({ body }) =>
        body.kind === 'ApplicationAccepted' && body.applicationId === applicationId && isElectronic(body.answers),
    );
  }

  /** What was drawn for a document number. A file has all its sheets in it, and a digest of its own. */
  sheetsOf({ applicationId, issue }: Application, number: string): readonly Drawing[] {
    const isFile = this.#choseFile(applicationId);
    return [...this.drawings.values()].filter(
      ({ documentNumber, digest }) =>
        documentNumber === number && (isFile || issue?.sheetDigests.includes(digest) === true),
    );
  }

  fileOut(file: FileOut): void {
    this.files.push(file);
    this.#out.add(file.digest);
  }

  /** Did this sheet ever lie in a tray, or was this file given out? */
  cameOut(digest: string): boolean {
    return this.#out.has(digest);
  }
}
