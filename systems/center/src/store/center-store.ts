/**
 * What the center keeps beside its journal: nothing that has to be believed later. Terminals and the directory come
 * from elsewhere and can be sent again; papers live as long as a session; work only says where to look next.
 */

export type TerminalEntry = {
  readonly terminalId: string;
  readonly operator: string;
  readonly store: string;
  readonly active: boolean;
};

/**
 * Papers of a session on their way: `opening` (the terminal's proof), `credential-…` (the card's certificate, which
 * bears no name), `proof-…` (its signature),
 * `second-proof-…` (the same of the municipality's own application), `menu` (texts of the municipality, references to sealed ones), `labels` and
 * `document-…` (ciphertext for the kiosk alone). All go when the session ends.
 */
export type PaperName =
  | 'opening'
  | 'menu'
  | 'labels'
  | `${'credential' | 'proof' | 'second-proof' | 'document'}-${string}`;

export type Work = {
  readonly sessionId: string;
  /** Of the entry when it was claimed: whoever settles it must name it. */
  readonly lease: number;
  readonly attempts: number;
};

/** Ciphertext that waits for whoever brings its id. */
export type KeptFile = {
  readonly depositId: string;
  readonly sessionId: string;
  readonly applicationId: string;
  readonly bytes: Uint8Array;
  readonly expiresAt: number;
};

/** All files together; give or take what comes in at the same moment. */
export type FileRoom = { readonly mostFiles: number; readonly mostFileBytes: number };

export type CenterStore = {
  findTerminal(terminalId: string): Promise<TerminalEntry | undefined>;
  putTerminals(terminals: readonly TerminalEntry[]): Promise<void>;

  /** Adds and takes away digests of one municipality; answers how many it then has. */
  changeDirectory(municipality: string, added: readonly string[], removed: readonly string[]): Promise<number>;
  /** Municipalities whose directory lists this digest, at most 10, in order of their codes. */
  municipalitiesOf(digest: string): Promise<readonly string[]>;

  putPaper(sessionId: string, name: PaperName, bytes: Uint8Array, expiresAt: number): Promise<void>;
  getPaper(sessionId: string, name: PaperName): Promise<Uint8Array | undefined>;
  dropPapers(sessionId: string): Promise<void>;
  /** Drops what is past its time, at most `limit`; answers how many. */
  dropExpiredPapers(now: number, limit: number): Promise<number>;

  /** False: there is no room, or another application's file has this id. The same again is kept as it is. */
  putFile(file: KeptFile, room: FileRoom): Promise<boolean>;
  /** `bytes` undefined: wiped. */
  getFile(
    depositId: string,
  ): Promise<(Pick<KeptFile, 'sessionId' | 'applicationId'> & { readonly bytes: Uint8Array | undefined }) | undefined>;
  /** The bytes go at once, the id with its time: its owner is told that it was withdrawn. */
  wipeFile(applicationId: string): Promise<void>;
  /** Drops what is past its time, at most `limit`; answers how many. */
  dropExpiredFiles(now: number, limit: number): Promise<number>;

  /** Look at this session at `dueAt` or earlier. */
  scheduleWork(sessionId: string, dueAt: number): Promise<void>;
  /** Takes what is due, at most `limit`; nobody else gets it before `now + leaseMs`. */
  claimWork(now: number, leaseMs: number, limit: number): Promise<readonly Work[]>;
  /** Done for now: look again at `next`, or never. Does nothing when the work was scheduled anew in the meantime. */
  settleWork(work: Work, next: { readonly dueAt: number; readonly attempts: number } | undefined): Promise<void>;
};
