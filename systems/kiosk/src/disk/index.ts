export { type OpenAppendOnlyFile, openAppendOnlyFile } from './append-only-file.ts';
export { FileLockedError } from './file-lock.ts';
