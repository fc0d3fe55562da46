/** Status words (ISO/IEC 7816-4 §5.6) that a card of ours answers or a kiosk must understand. */
export const SW = Object.freeze({
  OK: 0x9000,
  PIN_WRONG: 0x63c0,
  MEMORY_FAILURE: 0x6581,
  WRONG_LENGTH: 0x6700,
  FILE_NOT_TRANSPARENT: 0x6981,
  SECURITY_NOT_SATISFIED: 0x6982,
  PIN_BLOCKED_ISO: 0x6983,
  /** The word with which a My Number card answers VERIFY once its counter is at zero. */
  PIN_BLOCKED: 0x6984,
  CONDITIONS_NOT_SATISFIED: 0x6985,
  NO_CURRENT_FILE: 0x6986,
  WRONG_DATA: 0x6a80,
  NOT_FOUND: 0x6a82,
  WRONG_P1P2: 0x6a86,
  OFFSET_PAST_END: 0x6b00,
  WRONG_LE: 0x6c00,
  UNKNOWN_INSTRUCTION: 0x6d00,
  UNKNOWN_CLASS: 0x6e00,
  INTERNAL_FAULT: 0x6f00,
});

const meanings: ReadonlyMap<number, string> = new Map([
  [SW.OK, 'done'],
  [0x6283, 'the selected application or file is locked'],
  [SW.MEMORY_FAILURE, 'the card could not write its memory'],
  [SW.WRONG_LENGTH, 'wrong length'],
  [SW.FILE_NOT_TRANSPARENT, 'the selected file is not of that kind'],
  [SW.SECURITY_NOT_SATISFIED, 'not permitted before the PIN'],
  [SW.PIN_BLOCKED_ISO, 'the PIN is locked'],
  [SW.PIN_BLOCKED, 'the PIN is locked'],
  [SW.CONDITIONS_NOT_SATISFIED, 'not permitted in this state'],
  [SW.NO_CURRENT_FILE, 'no file is selected'],
  [SW.WRONG_DATA, 'wrong data'],
  [SW.NOT_FOUND, 'no such file or application'],
  [SW.WRONG_P1P2, 'wrong parameters P1 P2'],
  [SW.OFFSET_PAST_END, 'the offset is past the end of the file'],
  [SW.UNKNOWN_INSTRUCTION, 'unknown instruction'],
  [SW.UNKNOWN_CLASS, 'unknown class'],
  [SW.INTERNAL_FAULT, 'the card failed inside'],
]);

/** For logs and operators; never for residents. */
export function statusMeaning(sw: number): string {
  const tries = triesInStatus(sw);
  if (tries !== undefined) return `wrong PIN, ${tries} tries left`;
  if (sw >> 8 === SW.WRONG_LE >> 8) return `wrong Le, ${sw & 0xff || 256} bytes are there`;
  return meanings.get(sw) ?? 'a status word we do not know';
}

/** Tries left in a 63Cx, else `undefined`. */
export function triesInStatus(sw: number): number | undefined {
  return (sw & 0xfff0) === SW.PIN_WRONG ? sw & 0x0f : undefined;
}
