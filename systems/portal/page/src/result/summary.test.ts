import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holds, isFalse, type Reply, unproven, type Verdict } from '@dokodemo/proof/verify';
import { summaryOf } from './summary.ts';

const replies = (name: 'a' | 'b'): readonly Reply[] =>
  name === 'a'
    ? [holds('looks-as-issued'), isFalse('places-differ'), unproven('front-needed')]
    : [holds('signed-by'), isFalse('signature-broken'), unproven('code-needed')];
const states: readonly Reply[] = [holds('handed-over'), isFalse('void'), unproven('portal-no-answer')];
const papers: readonly Reply[] = [unproven('word-does-not-show'), isFalse('word-shows')];

function* verdicts(): Generator<Verdict> {
  for (const integrity of replies('a'))
    for (const issuer of replies('b'))
      for (const status of states) for (const originality of papers) yield { integrity, issuer, status, originality };
}

test('the summary is good only where three are confirmed, and bad wherever one of four is false', () => {
  for (const verdict of verdicts()) {
    const answers = [verdict.integrity, verdict.issuer, verdict.status].map(({ answer }) => answer);
    const { tone } = summaryOf(verdict);
    if (answers.includes('false') || verdict.originality.answer === 'false')
      assert.equal(tone, 'false', answers.join());
    else if (answers.every((it) => it === 'holds')) assert.equal(tone, 'holds');
    else assert.equal(tone, 'unproven', answers.join());
  }
});
