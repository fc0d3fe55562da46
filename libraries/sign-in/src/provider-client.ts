/** The provider's side of a sign-in: authorization code with PKCE, state and nonce (RFC 9700). */
import * as oidc from 'openid-client';
import type { Attempt } from './sessions.ts';
import { grantsOf, type Staff } from './staff.ts';

export type ProviderOptions = {
  /** Issuer identifier of the municipality's OpenID provider. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the provider sends people back to. */
  readonly redirectUri: string;
  /** The claim with `<municipality>:<role>` entries. */
  readonly rolesClaim: string;
  readonly roles: readonly string[];
  /** Plain HTTP, on this machine alone. */
  readonly insecure: boolean;
};

export type ProviderClient = {
  begin(): Promise<{ readonly url: string; readonly attempt: Attempt }>;
  /** Whom the provider names. Throws when the answer does not hold. */
  finish(callback: URL, attempt: Attempt): Promise<Staff>;
};

const patienceSeconds = 10;

export function providerClient(options: ProviderOptions): ProviderClient {
  let known: Promise<oidc.Configuration> | undefined;
  /** Asked for when first needed, and again when that failed: the provider may start later than we do. */
  const configuration = () => {
    known ??= oidc
      .discovery(new URL(options.issuer), options.clientId, options.clientSecret, undefined, {
        timeout: patienceSeconds,
        ...(options.insecure ? { execute: [oidc.allowInsecureRequests] } : {}),
      })
      .catch((error: unknown) => {
        known = undefined;
        throw error;
      });
    return known;
  };
  return {
    async begin() {
      const attempt = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      };
      const url = oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: options.redirectUri,
        scope: 'openid profile',
        // Counters share machines: whoever signs in says who they are, also when the one before is still known there.
        prompt: 'login',
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, attempt };
    },
    async finish(callback, { state, nonce, verifier }) {
      const tokens = await oidc.authorizationCodeGrant(await configuration(), callback, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error('the provider gave no ID token');
      return {
        subject: claims.sub,
        name: typeof claims.name === 'string' ? claims.name.slice(0, 80) : claims.sub.slice(0, 80),
        grants: grantsOf(claims[options.rolesClaim], options.roles),
      };
    },
  };
}
