/** A refusal that a person reads at the terminal: one line, no stack. */
export class CommandError extends Error {
  /** 2: refused as the service refuses; 1: something is broken or missing. */
  readonly exitCode: 1 | 2;
  readonly code: string | undefined;

  constructor(message: string, exitCode: 1 | 2 = 1, code?: string) {
    super(message);
    this.exitCode = exitCode;
    this.code = code;
  }
}
