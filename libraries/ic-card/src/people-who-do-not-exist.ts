/** For the tests of this library: an authority in memory and cards of people who do not exist. */
import { createHash } from 'node:crypto';
import type { Clock } from '@dokodemo/domain';
import { type MadeCard, makeCard } from './make-card.ts';
import { type OrdinanceAuthority, openOrdinanceAuthority } from './test-authority/ordinance-authority.ts';
import { memoryShelf, type Shelf } from './test-authority/shelf.ts';
import { openTestAuthority, type TestAuthority, type TestAuthorityOptions } from './test-authority/test-authority.ts';
import { type CardStateStore, memoryCardState } from './virtual-card/card-state.ts';

export const morning: number = Date.parse('2026-11-23T10:00:00+09:00');

/** A clock that goes only when told to. */
export function stillClock(at = morning): Clock & { at: number } {
  return {
    at,
    now() {
      return this.at;
    },
    setTimer: () => () => undefined,
  };
}

// RSA keys take a while: one shelf per test file serves all its authorities and cards.
const keys: Shelf = memoryShelf();

export function authorityOf(options: Partial<TestAuthorityOptions> = {}): Promise<TestAuthority> {
  return openTestAuthority({ shelf: keys, clock: stillClock(), ...options });
}

export function ordinanceAuthorityOf(municipality = '482013'): Promise<OrdinanceAuthority> {
  return openOrdinanceAuthority({ municipality, shelf: keys, clock: stillClock() });
}

export async function cardOf(
  holderLabel: string,
  options: {
    authority?: TestAuthority;
    stateStore?: CardStateStore;
    pin?: string;
    signaturePassword?: string;
    /** With the ordinance application of 482013. */
    secondPin?: string;
    ordinancePin?: string;
    ordinanceStore?: CardStateStore;
  } = {},
): Promise<MadeCard> {
  const authority = options.authority ?? (await authorityOf());
  return makeCard({
    authority,
    pin: options.pin ?? '1234',
    ...(options.signaturePassword
      ? {
          signaturePassword: options.signaturePassword,
          signatureAuthority: await authorityOf({ use: 'signature' }),
        }
      : {}),
    ...(options.secondPin
      ? {
          ordinance: {
            authority: await ordinanceAuthorityOf(),
            secondPin: options.secondPin,
            ...(options.ordinancePin ? { pin: options.ordinancePin } : {}),
            stateStore: options.ordinanceStore ?? memoryCardState(),
          },
        }
      : {}),
    holderLabel,
    stateStore: options.stateStore ?? memoryCardState(),
    shelf: keys,
  });
}

export function challengeOf(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}

export function hex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
}

export function ascii(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}
