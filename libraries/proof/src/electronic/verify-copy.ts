/** The four answers about an electronic copy. */
import { holds, isFalse, type Reply, unproven } from '../reasons.ts';
import type { TrustBundle } from '../seal/trust.ts';
import { sha256 } from '../sha256.ts';
import type { AskStatus } from '../status/ask-status.ts';
import type { Verdict } from '../verify.ts';
import { checkSignedPdf, type DoubtedSigner, type SignedPdfFault } from './check-signed-pdf.ts';
import type { CopyFacts } from './copy-facts.ts';

export type VerifyCopyOptions = {
  readonly trust: TrustBundle;
  /** Absent: offline, nobody is asked. */
  readonly ask?: AskStatus;
};

const unasked = { status: unproven('nothing-known'), originality: unproven('copy-has-no-original') } as const;

function integrityOf(fault: SignedPdfFault): Reply {
  if (fault === 'appended' || fault === 'several-signatures') return isFalse('copy-appended');
  if (fault === 'other-form' || fault === 'too-large') return isFalse('copy-other-form');
  return isFalse('copy-changed', { fault });
}

const doubted = (why: DoubtedSigner, { issuer }: CopyFacts): Reply =>
  why === 'other-municipality' ? isFalse(why, { code: issuer }) : isFalse(why);

/** Undefined: nothing in the file says that it is an electronic copy. */
export async function verifyCopy(bytes: Uint8Array, { trust, ask }: VerifyCopyOptions): Promise<Verdict | undefined> {
  const found = checkSignedPdf(bytes, trust);
  if (found.kind === 'none') return undefined;
  if (found.kind === 'refused')
    return { integrity: integrityOf(found.code), issuer: unproven('nothing-opened'), ...unasked };
  const { checkCode, ...facts } = found.facts;
  const told = { ...facts, sheet: 1 };
  if (found.kind === 'not-vouched')
    return {
      integrity: unproven('not-vouched-for'),
      issuer: doubted(found.code, found.facts),
      ...unasked,
      facts: told,
    };
  const { documentNumber, issuer, issuerName, issuedAt } = facts;
  return {
    ...unasked,
    integrity: holds('byte-for-byte'),
    issuer: holds('signed-by', { name: issuerName, code: issuer, day: issuedAt.slice(0, 10) }),
    status:
      ask === undefined
        ? unproven('not-asked-offline')
        : await ask({ documentNumber, code: checkCode, fronts: [sha256(bytes)] }),
    facts: told,
  };
}
