/** At the applicant's home: the register's own words about the holder of a proven visit, signed and sealed to the
 *  municipality that keeps the family register. Nothing is kept: asked again, it is sealed again under the same id. */
import { type Answer, answer, dayInJapan, openingAt, refuse } from '@dokodemo/domain';
import { sealEnrolment } from '@dokodemo/protocol';
import { claimOf, type EnrolmentKind, enrolmentKindId, keeperOf } from '../kinds/enrolment/enrolment.ts';
import { offeredKinds } from '../menu/build-menu.ts';
import { provenVisit } from '../prepare/admit.ts';
import type { PrepareTools } from '../prepare/tools.ts';

type Words = { readonly key: string; readonly certificate: string; readonly signature: string };
export type SealBody = {
  readonly enrolmentId: string;
  readonly kindId: string;
  readonly to: string;
  readonly key: Words;
};

const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
const base64 = (data: Uint8Array) => Buffer.from(data).toString('base64');

export async function sealApplication(
  tools: Pick<PrepareTools, 'municipalities' | 'store' | 'registry' | 'kinds' | 'clock' | 'entropy'>,
  { municipality, visitId }: { readonly municipality: string; readonly visitId: string },
  body: SealBody,
): Promise<Answer<{ aad: string; sealed: string }>> {
  const nowMs = tools.clock.now();
  const day = dayInJapan(nowMs);
  const profile = tools.municipalities.find(municipality);
  if (profile === undefined) return refuse('NOT_PARTICIPATING');
  const proven = provenVisit(await tools.store.findVisit(municipality, visitId), nowMs);
  if (!proven.ok) return proven;
  const { visit, proven: result } = proven.value;
  const offer = offeredKinds(profile, tools.kinds, day).find(({ kind }) => kind.kindId === enrolmentKindId);
  if (offer === undefined || profile.enrolment === undefined || body.kindId !== enrolmentKindId)
    return refuse('KIND_NOT_OFFERED');
  const opening = openingAt(profile.calendar, enrolmentKindId, nowMs);
  if (!opening.open) return refuse(opening.reason);

  const registry = tools.registry(municipality);
  const kind = offer.kind as EnrolmentKind;
  const [found, read] = await Promise.all([
    registry.findHolder({ municipality }, { serialHex: visit.serialHex }),
    kind.read(registry, municipality, result.holder, visit.serialHex),
  ]);
  if (!found.ok) return found;
  if (!read.ok) return read;
  if (found.value.holder !== result.holder || read.value === null) return refuse('NOT_RESIDENT');
  const chosen = kind.choose(read.value, {}, {});
  const [first] = kind.judge(read.value, chosen, profile, day).broken;
  if (first !== undefined) return refuse(first.code);
  const { holder } = kind.subjectOf(read.value);
  const claim = claimOf(read.value);
  if (claim === undefined || keeperOf(holder, profile)?.code !== body.to) return refuse('KOSEKI_NOT_HERE');
  const sealed = sealEnrolment(
    {
      enrolmentId: body.enrolmentId,
      from: municipality,
      to: body.to,
      sessionId: visit.sessionId,
      visitId,
      terminalId: visit.terminalId,
    },
    {
      claim,
      proof: {
        certificate: bytes(visit.certificate),
        issuerNonce: bytes(visit.nonce),
        kioskKey: bytes(visit.kioskKey),
        signature: bytes(visit.proof?.signature ?? ''),
      },
    },
    { key: bytes(body.key.key), certificate: bytes(body.key.certificate), signature: bytes(body.key.signature) },
    profile.signer,
    tools.entropy.bytes(32),
    { documentAuthority: profile.enrolment.documentAuthority, nowMs },
  );
  return sealed.ok ? answer({ aad: base64(sealed.value.aad), sealed: base64(sealed.value.sealed) }) : sealed;
}
