/** Is the card's certificate one of JPKI, valid, and not revoked? Any doubt is a refusal. */
import { type Answer, answer, type Clock, isoJapan, refuse } from '@dokodemo/domain';
import { checkCredential, isTestAuthority, type RevocationSource } from '@dokodemo/ic-card';
import { type CenterSaw, directoryDigest, elsewhereDigest } from '@dokodemo/protocol';

export type CheckedCredential = {
  readonly saw: CenterSaw;
  /** Under which digest an issuer's directory lists it. */
  readonly directoryDigest: string;
  /** Under which further one, when the holder's family register is kept elsewhere. */
  readonly elsewhereDigest: string;
};

export type Credentials = { check(certificateDer: Uint8Array): Promise<Answer<CheckedCredential>> };

export type CredentialOptions = {
  /** DER of JPKI's CA certificates. */
  readonly anchors: readonly Uint8Array[];
  readonly revocation: RevocationSource;
  readonly clock: Pick<Clock, 'now'>;
  /** Only a demo or a test may believe a test authority. */
  readonly allowTestAuthority: boolean;
};

export function jpkiCredentials(options: CredentialOptions): Credentials {
  const { anchors, revocation, clock, allowTestAuthority } = options;
  if (!allowTestAuthority && anchors.some(isTestAuthority)) {
    throw new Error('a test authority is among the anchors: production does not believe it');
  }
  return {
    async check(certificateDer) {
      const checked = checkCredential({ certificateDer, trustAnchors: anchors, now: clock.now() });
      if (!checked.ok) return refuse(checked.code, checked.detail);
      if (!allowTestAuthority && isTestAuthority(certificateDer)) {
        return refuse('CERT_UNTRUSTED', 'a certificate of a test authority');
      }
      const { serialHex, issuerDer } = checked.credential;
      const status = await revocation.status(serialHex, issuerDer);
      if (status.status === 'revoked') return refuse('CERT_REVOKED', `since ${isoJapan(status.revokedAt)}`);
      if (status.status === 'unknown') return refuse('CERT_STATUS_UNKNOWN', `${status.doubt}: ${status.detail}`);
      return answer({
        saw: {
          chain: 'good',
          revocation: 'good',
          by: status.by,
          producedAt: isoJapan(status.producedAt),
          at: isoJapan(clock.now()),
        },
        directoryDigest: directoryDigest(serialHex),
        elsewhereDigest: elsewhereDigest(serialHex),
      });
    },
  };
}
