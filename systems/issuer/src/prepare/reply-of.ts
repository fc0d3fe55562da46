import { type Answer, answer, refuse } from '@dokodemo/domain';
import type { PreparedDocument } from '@dokodemo/protocol';
import type { Application } from '../store/records.ts';

/** What an application already on record answers to the message that asks for it. */
export function replyOf(application: Application, request: string, nowMs: number): Answer<PreparedDocument> {
  const { reply, refusal, issue } = application;
  if (application.request === undefined) return refuse('ENDED', 'the application ended before it was asked for');
  if (application.request !== request) return refuse('SAME_ID_OTHER_BODY');
  if (refusal !== undefined) return refuse(refusal.code, refusal.detail);
  if (application.state !== 'prepared') return refuse('ENDED', `the application is ${application.state}`);
  if (reply === undefined || issue === undefined || issue.expiresAt <= nowMs) return refuse('DOCUMENT_EXPIRED');
  return answer(reply);
}
