/**
 * A file that waits at the center for a resident's telephone. Whether it was collected is decided once, in the journal of
 * the session: either somebody has been given it, or the kiosk has taken it back and nobody ever will be.
 */
import { type Static, Type } from 'typebox';
import { defineEndpoints } from './endpoint.ts';
import { sealedFileMaxBytes } from './handed-file.ts';
import { Base64, strict, Uuid } from './shapes.ts';

/** 16 bytes of chance, base64url. */
export const DepositId = Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' });

export const FileState = Type.Union([Type.Literal('waiting'), Type.Literal('collected'), Type.Literal('withdrawn')]);
export type FileState = Static<typeof FileState>;

const params = Type.Object({ sessionId: Uuid, applicationId: Uuid }, strict);
const base64Bytes = Math.ceil(sealedFileMaxBytes / 3) * 4;

/** A kiosk's side, of the documents of its own sessions. */
export const fileEndpoints = defineEndpoints({
  depositFile: {
    method: 'PUT',
    path: '/v1/sessions/:sessionId/documents/:applicationId/file',
    callers: ['kiosk'],
    summary: 'A file, encrypted by the kiosk, for whoever brings its id; one of each application',
    params,
    body: Type.Object({ depositId: DepositId, sealed: Base64(sealedFileMaxBytes) }, strict),
    /** `keptMs`: from the deposit on. */
    reply: Type.Object({ state: FileState, keptMs: Type.Integer({ minimum: 1 }) }, strict),
    maxBodyBytes: base64Bytes + 1_024,
    maxReplyBytes: 1_024,
    timeoutMs: 15_000,
  },
  fileState: {
    method: 'GET',
    path: '/v1/sessions/:sessionId/documents/:applicationId/file',
    callers: ['kiosk'],
    summary: 'Has the file been collected?',
    params,
    body: Type.Null(),
    reply: Type.Object({ state: FileState }, strict),
    maxBodyBytes: 0,
    maxReplyBytes: 1_024,
    timeoutMs: 5_000,
  },
  withdrawFile: {
    method: 'POST',
    path: '/v1/sessions/:sessionId/documents/:applicationId/file/withdrawal',
    callers: ['kiosk'],
    summary: 'Nobody may collect it any more, unless somebody has. Asked again: the same answer',
    params,
    body: Type.Object({}, strict),
    reply: Type.Object({ state: Type.Union([Type.Literal('collected'), Type.Literal('withdrawn')]) }, strict),
    maxBodyBytes: 256,
    maxReplyBytes: 1_024,
    timeoutMs: 5_000,
  },
});

/** The portal's side, on behalf of whoever has read the address. */
export const collectingEndpoints = defineEndpoints({
  collectFile: {
    method: 'POST',
    path: '/v1/files',
    callers: ['portal'],
    summary: 'The encrypted file of this id. The first answer counts as its collection; again until its time is over',
    params: Type.Object({}, strict),
    body: Type.Object({ depositId: DepositId }, strict),
    reply: Type.Object({ sealed: Base64(sealedFileMaxBytes) }, strict),
    maxBodyBytes: 256,
    maxReplyBytes: base64Bytes + 1_024,
    timeoutMs: 15_000,
  },
});
