import type { Entropy } from '@dokodemo/domain';
import type { BackFacts } from '../seal/back-facts.ts';
import { sha256 } from '../sha256.ts';
import { chanceOf } from './chance.ts';
import { pageLike } from './page-like.ts';

export function factsOf(change: Partial<BackFacts> = {}): BackFacts {
  return {
    issuer: '482013',
    issuerName: '見本県どこでも市',
    kindId: 'residence',
    documentNumber: '20261123-482013-0000042',
    issuedAt: '2026-11-23T10:00:00.000+09:00',
    sheet: 1,
    sheets: 1,
    specimen: true,
    fronts: [sha256(new Uint8Array(1))],
    words: ['住　民　票', '渡邉󠄂　太郎', '発行番号'],
    picture: pageLike(1, 1240, 1754),
    pictureDpi: 150,
    ...change,
  };
}

export function entropyOf(seed: number): Entropy {
  const chance = chanceOf(seed);
  return { bytes: (length) => chance.bytes(length) };
}
