/** How a center asks JPKI's stand-in about cards: OCSP and CRL over a line that loses and delays. */

import type { Clock, Entropy } from '@dokodemo/domain';
import {
  crlSource,
  ExchangeError,
  type HttpExchange,
  ocspSource,
  ocspThenCrl,
  type RevocationSource,
  type TestAuthority,
} from '@dokodemo/ic-card';
import type { Chance } from './chance.ts';

/** Which of JPKI's two services answer at all. */
export type JpkiServices = { ocsp: boolean; crl: boolean };

export type JpkiLine = {
  readonly authority: TestAuthority;
  readonly services: JpkiServices;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly entropy: Entropy;
  /** Share of questions or answers that are lost. */
  readonly lost: () => number;
};

export function jpkiRevocation(line: JpkiLine): RevocationSource {
  const { authority, services, clock, chance, entropy } = line;
  const exchange: HttpExchange = ({ url, body, timeoutMs }) =>
    new Promise((resolve, reject) => {
      const up = url.endsWith('/ocsp') ? services.ocsp : services.crl;
      if (!up) {
        clock.setTimer(2, () => reject(new ExchangeError('UNREACHABLE', 'simulated: nobody there')));
        return;
      }
      if (chance.happens(line.lost())) {
        clock.setTimer(timeoutMs, () => reject(new ExchangeError('TIMEOUT', 'simulated: no answer')));
        return;
      }
      clock.setTimer(chance.between(2, 60), () => {
        const answer = body === undefined ? authority.crl() : authority.answerOcsp(body);
        resolve({ status: 200, body: answer });
      });
    });
  return ocspThenCrl(
    ocspSource({ url: 'http://jpki.invalid/ocsp', clock, entropy, exchange }),
    crlSource({ url: 'http://jpki.invalid/crl', clock, exchange }),
  );
}
