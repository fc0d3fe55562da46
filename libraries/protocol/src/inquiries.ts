/**
 * Portal ↔ center (問合せサイト): does a paper still count, and what does the log of issues say? Whoever holds a paper knows
 * its number and its check code; of the code only a key that is derived from it leaves the holder's machine.
 */
import { type Static, Type } from 'typebox';
import { defineEndpoints } from './endpoint.ts';
import { Base64, Instant, Key, MunicipalityCodeText, strict } from './shapes.ts';

/** In a path: a whole number, of an index or of how many. */
const Index = Type.String({ pattern: '^(0|[1-9][0-9]{0,11})$' });
const Width = Type.String({ pattern: '^[1-9][0-9]{0,2}$' });

/**
 * What a document number is worth. `unknown`: no such number, or not with this code; which of the two is not said.
 * `prepared`: made, and no word yet whether it was handed over. `handed-over`: taken by the resident. `void`: it does not
 * count, for example because the printer stopped and the fee went back. `unresolved`: being looked into.
 */
export const DocumentState = Type.Union([
  Type.Literal('unknown'),
  Type.Literal('prepared'),
  Type.Literal('handed-over'),
  Type.Literal('void'),
  Type.Literal('unresolved'),
]);
export type DocumentState = Static<typeof DocumentState>;

export const InquiryReply = Type.Object(
  {
    state: DocumentState,
    /** Absent when unknown. */
    issuer: Type.Optional(MunicipalityCodeText),
    issuerName: Type.Optional(Type.String({ maxLength: 100 })),
    kindId: Type.Optional(Key),
    /** Since when this is so. */
    at: Type.Optional(Instant),
    /** That the number stands in the log of issues: a `c2sp.org/tlog-proof@v1`, over the entry that `entry` gives. */
    entry: Type.Optional(Type.String({ maxLength: 1_000 })),
    proof: Type.Optional(Type.String({ maxLength: 16_384 })),
  },
  strict,
);
export type InquiryReply = Static<typeof InquiryReply>;

const TileParams = Type.Object({ level: Type.String({ pattern: '^[0-5]$' }), index: Index, width: Width }, strict);

/** A full tile of hashes is 8 KiB; a bundle of 256 entries is far below this. */
const bundleMaxBytes = 262_144;

export const inquiryEndpoints = defineEndpoints({
  inquire: {
    method: 'POST',
    path: '/v1/inquiries',
    callers: ['portal'],
    summary: 'What is this paper worth? Asked by its number and the inquiry key of its check code',
    params: Type.Object({}, strict),
    body: Type.Object({ documentNumber: Type.String({ minLength: 1, maxLength: 64 }), inquiry: Base64(32) }, strict),
    reply: InquiryReply,
    maxBodyBytes: 1_024,
    maxReplyBytes: 32_768,
    timeoutMs: 5_000,
  },
  logCheckpoint: {
    method: 'GET',
    path: '/v1/log/checkpoint',
    callers: ['portal'],
    summary: 'The newest signed checkpoint of the log of issues (C2SP signed note)',
    params: Type.Object({}, strict),
    body: Type.Null(),
    reply: Type.Object({ note: Type.String({ maxLength: 4_096 }) }, strict),
    maxBodyBytes: 0,
    maxReplyBytes: 8_192,
    timeoutMs: 5_000,
  },
  logTile: {
    method: 'GET',
    path: '/v1/log/tiles/:level/:index/:width',
    callers: ['portal'],
    summary: 'Hashes of the log’s tree (C2SP tlog-tiles); width below 256: of a tile that is not full yet',
    params: TileParams,
    body: Type.Null(),
    reply: Type.Object({ hashes: Base64(8_192) }, strict),
    maxBodyBytes: 0,
    maxReplyBytes: 16_384,
    timeoutMs: 5_000,
  },
  logEntries: {
    method: 'GET',
    path: '/v1/log/entries/:index/:width',
    callers: ['portal'],
    summary: 'Entries of the log, as many as a tile has hashes (C2SP entry bundle)',
    params: Type.Object({ index: Index, width: Width }, strict),
    body: Type.Null(),
    reply: Type.Object({ bundle: Base64(bundleMaxBytes) }, strict),
    maxBodyBytes: 0,
    maxReplyBytes: 2 * bundleMaxBytes,
    timeoutMs: 5_000,
  },
});
