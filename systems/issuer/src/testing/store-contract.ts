/** What every store of an issuer promises; run against each implementation. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Application, Outcome, Proof, SecondProof, Visit } from '../store/records.ts';
import type { IssuerStore } from '../store/store.ts';
import { otherTown, town } from './people.ts';

let made = 0;
const id = () => `019ab000-0000-7000-8000-${String(++made).padStart(12, '0')}`;
const digest = '0'.repeat(64);

export function visitOf(more: Partial<Visit> = {}): Visit {
  return {
    municipality: town,
    visitId: id(),
    request: digest,
    sessionId: id(),
    terminalId: 'DEMO-0001',
    kioskKey: 'a2V5',
    nonce: 'bm9uY2U=',
    certificate: 'Y2VydA==',
    serialHex: '0a',
    openedAt: 1_000,
    expiresAt: 601_000,
    ...more,
  };
}

export const proofOf = (signature: string): Proof => ({
  request: digest,
  signature,
  centerSaw: { chain: 'good', revocation: 'good', by: 'ocsp', producedAt: 'then', at: 'now' },
  at: 2_000,
  result: {
    ok: true,
    holder: '101',
    menu: { kinds: [] },
    meanings: { residence: { m1: '101' } },
    sealedLabels: 'eA==',
  },
});

export const secondProofOf = (signature: string): SecondProof => ({
  request: digest,
  certificate: 'Y2VydA==',
  signature,
  at: 3_000,
  result: { ok: true },
});

export function preparedOf(documentNumbers: readonly string[], more: Partial<Application> = {}): Application {
  return {
    municipality: town,
    applicationId: id(),
    visitId: id(),
    request: digest,
    kindId: 'residence',
    state: 'prepared',
    at: 10_000,
    issue: {
      sessionId: id(),
      terminalId: 'DEMO-0001',
      documentNumbers,
      copies: documentNumbers.length,
      feeYen: 300,
      sheetDigests: [digest],
      holder: '101',
      subjects: ['101'],
      shown: ['domicile'],
      rulesAsked: ['holder-is-present'],
      restrictionsSeen: [],
      snapshot: digest,
      snapshotAt: '2026-11-23T10:00:00+09:00',
      versions: { 'resident/101': 3 },
      credential: digest,
      nonce: 'bm9uY2U=',
      kioskKey: 'a2V5',
      signature: 'c2ln',
      certifier: '市長 甲',
      sealId: 'mayor-1',
      expiresAt: 310_000,
    },
    reply: {
      documentNumbers: [...documentNumbers],
      papers: documentNumbers.map((number) => ({ number, digest, inquiry: digest })),
      sheets: 1,
      feeYen: 300,
      expiresAt: '2026-11-23T10:05:00.000+09:00',
      sealed: 'c2VhbGVk',
      aad: 'YWFk',
    },
    outcomes: [],
    ...more,
  };
}

const outcome = (what: Outcome['outcome']): Outcome => ({
  outcome: what,
  reason: 'TOLD',
  sheetDigests: [],
  at: '2026-11-23T10:01:00+09:00',
  toldAt: 20_000,
});

export function storeContract(name: string, open: () => Promise<{ store: IssuerStore; close(): Promise<void> }>): void {
  let store: IssuerStore;
  let close = async () => {};
  before(async () => ({ store, close } = await open()));
  after(() => close());

  test(`${name}: a visit is kept once; its first proof stays`, async () => {
    const visit = visitOf();
    assert.deepEqual(await store.openVisit(visit), visit);
    assert.deepEqual(await store.openVisit({ ...visit, nonce: 'other' }), visit);
    const both = await Promise.all(['one', 'two'].map((it) => store.settleProof(town, visit.visitId, proofOf(it))));
    assert.deepEqual(both[0], both[1]);
    assert.deepEqual(await store.findVisit(town, visit.visitId), both[0]);
    assert.equal(await store.settleProof(town, id(), proofOf('x')), undefined);
  });

  test(`${name}: a visit’s second proof comes after its first one, is kept once, and leaves the first as it was`, async () => {
    const visit = await store.openVisit(visitOf());
    const early = await store.settleSecondProof(town, visit.visitId, secondProofOf('early'));
    assert.deepEqual(early, visit);
    const proven = await store.settleProof(town, visit.visitId, proofOf('one'));
    const both = await Promise.all(
      ['two', 'three'].map((it) => store.settleSecondProof(town, visit.visitId, secondProofOf(it))),
    );
    assert.deepEqual(both[0], both[1]);
    const { secondProof: kept, ...rest } = both[0] ?? assert.fail('no visit');
    assert.ok(kept?.signature === 'two' || kept?.signature === 'three');
    assert.deepEqual(rest, proven);
    assert.deepEqual(await store.settleProof(town, visit.visitId, proofOf('late')), both[0]);
    assert.deepEqual(await store.findVisit(town, visit.visitId), both[0]);
    assert.equal(await store.settleSecondProof(town, id(), secondProofOf('x')), undefined);
  });

  test(`${name}: a municipality sees nothing of another`, async () => {
    const visit = await store.openVisit(visitOf());
    const { application } = await store.recordApplication(preparedOf(['n-other-1']));
    assert.equal(await store.findVisit(otherTown, visit.visitId), undefined);
    assert.equal(await store.settleProof(otherTown, visit.visitId, proofOf('x')), undefined);
    assert.equal(await store.settleSecondProof(otherTown, visit.visitId, secondProofOf('x')), undefined);
    assert.equal(await store.findApplication(otherTown, application.applicationId), undefined);
    assert.equal(await store.findByDocumentNumber(otherTown, 'n-other-1'), undefined);
    const change = { state: 'voided' as const, outcome: outcome('voided'), forget: true };
    assert.equal(await store.changeState(otherTown, application.applicationId, 'prepared', change), false);
    assert.deepEqual(await store.listApplications(otherTown, { fromMs: 0, untilMs: 99_999, limit: 10 }), []);
    assert.deepEqual(await store.markUnheard(otherTown, 999_999, 10), []);
    // The same id of another municipality is another visit.
    assert.equal((await store.openVisit({ ...visit, municipality: otherTown, nonce: 'theirs' })).nonce, 'theirs');
    assert.equal((await store.findVisit(town, visit.visitId))?.nonce, visit.nonce);
  });

  test(`${name}: serial numbers are given once, by municipality and day, from one on`, async () => {
    const taken = await Promise.all(Array.from({ length: 20 }, () => store.takeSerials(town, '2026-11-23', 3)));
    assert.deepEqual(
      taken.toSorted((a, b) => a - b),
      Array.from({ length: 20 }, (_, i) => 1 + 3 * i),
    );
    assert.equal(await store.takeSerials(town, '2026-11-24', 1), 1);
    assert.equal(await store.takeSerials(otherTown, '2026-11-23', 1), 1);
  });

  test(`${name}: the first record of an application wins, with its numbers and its bytes`, async () => {
    const first = preparedOf(['n-1', 'n-2']);
    const second = { ...preparedOf(['n-3']), applicationId: first.applicationId };
    const both = await Promise.all([store.recordApplication(first), store.recordApplication(second)]);
    assert.equal(both.filter(({ kept }) => kept).length, 1);
    const [winner, loser] = both[0].kept ? [first, second] : [second, first];
    for (const { application } of both) assert.equal(JSON.stringify(application.reply), JSON.stringify(winner.reply));
    assert.deepEqual(await store.findApplication(town, first.applicationId), winner);
    for (const number of winner.issue?.documentNumbers ?? []) {
      assert.deepEqual(await store.findByDocumentNumber(town, number), winner);
    }
    for (const number of loser.issue?.documentNumbers ?? []) {
      assert.equal(await store.findByDocumentNumber(town, number), undefined);
    }
  });

  test(`${name}: a document number belongs to one application for ever`, async () => {
    await store.recordApplication(preparedOf(['n-once']));
    const again = preparedOf(['n-more', 'n-once']);
    await assert.rejects(store.recordApplication(again));
    assert.equal(await store.findApplication(town, again.applicationId), undefined);
  });

  test(`${name}: a refusal and an end before the beginning are records too`, async () => {
    const refused: Application = {
      municipality: town,
      applicationId: id(),
      visitId: id(),
      request: digest,
      kindId: 'residence',
      state: 'refused',
      at: 10_000,
      refusal: { code: 'SUPPRESSED', rules: ['no-restriction-on-holder'] },
      outcomes: [],
    };
    const ended: Application = {
      municipality: town,
      applicationId: id(),
      state: 'cancelled',
      at: 10_000,
      outcomes: [outcome('voided')],
    };
    for (const application of [refused, ended]) {
      assert.deepEqual(await store.recordApplication(application), { kept: true, application });
    }
  });

  test(`${name}: a state changes only from the state that was seen; what was told is kept in order`, async () => {
    const { application } = await store.recordApplication(preparedOf(['n-state']));
    const { applicationId } = application;
    const lost = { state: 'unresolved' as const, outcome: outcome('unresolved'), forget: true };
    const over = { state: 'handed-over' as const, outcome: outcome('handed-over'), forget: true };
    const tries = await Promise.all([1, 2].map(() => store.changeState(town, applicationId, 'prepared', lost)));
    assert.deepEqual(tries.toSorted(), [false, true]);
    assert.equal(await store.changeState(town, applicationId, 'prepared', over), false);
    assert.equal(await store.changeState(town, applicationId, 'unresolved', over), true);
    const { reply: _, ...rest } = application;
    assert.deepEqual(await store.findApplication(town, applicationId), {
      ...rest,
      state: 'handed-over',
      outcomes: [lost.outcome, over.outcome],
    });
  });

  test(`${name}: documents past their time are marked once and their replies forgotten; ended ones are left alone`, async () => {
    const { application } = await store.recordApplication(preparedOf(['n-late']));
    const { application: ended } = await store.recordApplication(preparedOf(['n-ended']));
    const change = { state: 'voided' as const, outcome: outcome('voided'), forget: true };
    await store.changeState(town, ended.applicationId, 'prepared', change);
    assert.ok(!(await store.markUnheard(town, 309_999, 100)).includes(application.applicationId));
    assert.ok((await store.markUnheard(town, 310_000, 100)).includes(application.applicationId));
    assert.deepEqual(await store.markUnheard(town, 310_001, 100), []);
    const { reply: _, ...rest } = application;
    assert.deepEqual(await store.findApplication(town, application.applicationId), { ...rest, unheardAt: 310_000 });
  });

  test(`${name}: history by time, newest first, within its limit`, async () => {
    const made = [50_001, 50_003, 50_002].map((at, i) => preparedOf([`n-list-${i}`], { at }));
    for (const application of made) await store.recordApplication(application);
    const listed = await store.listApplications(town, { fromMs: 50_001, untilMs: 50_003, limit: 10 });
    assert.deepEqual(
      listed.map(({ at }) => at),
      [50_002, 50_001],
    );
    assert.equal((await store.listApplications(town, { fromMs: 50_000, untilMs: 60_000, limit: 1 })).length, 1);
  });

  test(`${name}: applications are counted by kind, state and reason, within their time and municipality`, async () => {
    const refused = { state: 'refused' as const, refusal: { code: 'SUPPRESSED' as const, rules: [] } };
    for (const [i, at] of [70_000, 70_001, 70_002].entries())
      await store.recordApplication(preparedOf([`n-count-${i}`], { at }));
    const { issue: _issue, reply: _reply, ...bare } = preparedOf([]);
    await store.recordApplication({ ...bare, ...refused, applicationId: id(), at: 70_001 });
    await store.recordApplication(preparedOf(['n-count-other'], { at: 70_001, municipality: otherTown }));
    assert.deepEqual(await store.countApplications(town, { fromMs: 70_000, untilMs: 70_002 }), [
      { kindId: 'residence', state: 'prepared', count: 2 },
      { kindId: 'residence', state: 'refused', code: 'SUPPRESSED', count: 1 },
    ]);
  });

  test(`${name}: visits are forgotten after their time`, async () => {
    const old = await store.openVisit(visitOf({ expiresAt: 5 }));
    const young = await store.openVisit(visitOf({ expiresAt: 7 }));
    assert.equal(await store.forgetVisits(town, 7, 100), 1);
    assert.equal(await store.findVisit(town, old.visitId), undefined);
    assert.ok(await store.findVisit(town, young.visitId));
  });

  test(`${name}: what the center has of the directory`, async () => {
    await store.notePushed(town, ['a', 'b'], []);
    await store.notePushed(town, ['b', 'c'], ['a']);
    assert.deepEqual(await store.pushedDigests(town), new Set(['b', 'c']));
    assert.deepEqual(await store.pushedDigests(otherTown), new Set());
  });
}
