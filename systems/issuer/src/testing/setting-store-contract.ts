/** What every store of settings and every audit log promises; run against each implementation. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AuditLog } from '../audit/audit-log.ts';
import { beginsOn, type Decision, type Proposal, type SettingStore, stateOf } from '../settings/setting-store.ts';
import { otherTown, town } from './people.ts';

const editor = { subject: 'e', name: '編集' };
const approver = { subject: 'a', name: '承認' };

function proposalOf(settingId: string, more: Partial<Proposal> = {}): Proposal {
  return {
    municipality: town,
    settingId,
    content: { b: 1, a: ['二'] },
    from: '2026-12-01',
    reason: '改正',
    by: editor,
    at: 5_000,
    ...more,
  };
}
const use = (from: string): Decision => ({ decision: 'taken-into-use', from, note: '', by: approver, at: 6_000 });
const withdraw: Decision = { decision: 'withdrawn', note: '誤り', by: approver, at: 7_000 };

export function settingStoreContract(
  name: string,
  open: () => Promise<{ store: SettingStore; audit: AuditLog; close(): Promise<void> }>,
): void {
  let store: SettingStore;
  let audit: AuditLog;
  let close = async () => {};
  before(async () => {
    ({ store, audit, close } = await open());
  });
  after(() => close());

  test(`${name}: of two who save a draft at once one is told that the other was first`, async () => {
    const draft = (revision: number, municipality = town) => ({
      municipality,
      settingId: 'draft-form',
      revision,
      content: { revision },
      by: editor,
      at: 1_000,
    });
    assert.equal(await store.keepDraft(draft(2)), false, 'there is no first');
    const first = await Promise.all([store.keepDraft(draft(1)), store.keepDraft(draft(1))]);
    assert.deepEqual(first.toSorted(), [false, true]);
    const second = await Promise.all([store.keepDraft(draft(2)), store.keepDraft(draft(2))]);
    assert.deepEqual(second.toSorted(), [false, true]);
    assert.deepEqual(await store.findDraft(town, 'draft-form'), draft(2));
    assert.deepEqual(await store.listDrafts(town), [draft(2)]);
    assert.deepEqual(await store.listDrafts(otherTown), []);
    assert.equal(await store.dropDraft(otherTown, 'draft-form', 2), false);
    assert.equal(await store.dropDraft(town, 'draft-form', 1), false);
    assert.equal(await store.dropDraft(town, 'draft-form', 2), true);
    assert.equal(await store.findDraft(town, 'draft-form'), undefined);
  });

  test(`${name}: versions are numbered without gaps, also when proposed at once, and keep what was proposed`, async () => {
    const proposed = await Promise.all([1, 2, 3].map(() => store.propose(proposalOf('numbered'))));
    assert.deepEqual(proposed.map(({ version }) => version).toSorted(), [1, 2, 3]);
    assert.equal((await store.propose(proposalOf('numbered', { municipality: otherTown }))).version, 1);
    const kept = await store.findVersion(town, 'numbered', 2);
    assert.deepEqual(kept, { ...proposalOf('numbered'), version: 2, decisions: [] });
    assert.equal(JSON.stringify(kept?.content), '{"b":1,"a":["二"]}', 'in its own order');
    const numbers = async (limit: number) =>
      (await store.listVersions(town, 'numbered', limit)).map(({ version }) => version);
    assert.deepEqual(await numbers(10), [3, 2, 1]);
    assert.deepEqual(await numbers(2), [3, 2]);
    assert.equal(await store.findVersion(town, 'numbered', 9), undefined);
  });

  test(`${name}: of two decisions at once about the same state one is kept`, async () => {
    const { version } = await store.propose(proposalOf('decided'));
    const both = await Promise.all([
      store.decide(town, 'decided', version, 0, use('2026-12-01')),
      store.decide(town, 'decided', version, 0, { ...withdraw, decision: 'returned' }),
    ]);
    assert.deepEqual(both.toSorted(), [false, true]);
    assert.equal(await store.decide(town, 'decided', version, 0, withdraw), false);
    assert.equal(await store.decide(town, 'decided', version, 2, withdraw), false);
    assert.equal(await store.decide(otherTown, 'decided', version, 1, withdraw), false);
    assert.equal(await store.decide(town, 'decided', version, 1, withdraw), true);
    const found = await store.findVersion(town, 'decided', version);
    assert.ok(found);
    assert.equal(found.decisions.length, 2);
    assert.deepEqual(found.decisions[1], withdraw);
    assert.deepEqual([stateOf(found), beginsOn(found)], ['withdrawn', undefined]);
  });

  test(`${name}: on a day that version holds which began last, unless it is withdrawn, only proposed, or over`, async () => {
    const taken = async (from: string, more: Partial<Proposal> = {}) => {
      const { version } = await store.propose(proposalOf('held', more));
      assert.ok(await store.decide(town, 'held', version, 0, use(from)));
      return version;
    };
    const holding = async (day: string, municipality = town) =>
      (await store.holdingOn(municipality, day)).find(({ settingId }) => settingId === 'held')?.version;
    const first = await taken('2026-04-01');
    const deputy = await taken('2026-06-01', { until: '2026-06-30' });
    const later = await taken('2026-08-01');
    await store.propose(proposalOf('held', { from: '2026-05-01' }));
    assert.deepEqual(
      await Promise.all(
        ['2026-03-31', '2026-04-01', '2026-06-01', '2026-06-30', '2026-07-01', '2026-08-01'].map((it) => holding(it)),
      ),
      [undefined, first, deputy, deputy, first, later],
    );
    assert.ok(await store.decide(town, 'held', later, 1, withdraw));
    assert.equal(await holding('2026-08-01'), first);
    const same = await taken('2026-04-01');
    assert.equal(await holding('2026-07-01'), same, 'of two from the same day the newer');
    assert.equal(await holding('2026-07-01', otherTown), undefined);
  });

  test(`${name}: the audit log is read newest first, page by page, by its own municipality`, async () => {
    for (let i = 1; i <= 5; i++) {
      await audit.write({
        municipality: town,
        at: i,
        by: editor,
        act: 'looked-at-issue',
        about: { number: `n${i}`, i },
      });
    }
    await audit.write({ municipality: otherTown, at: 6, by: approver, act: 'signed-in', about: {} });
    const page = await audit.list(town, { limit: 3 });
    assert.deepEqual(
      page.map(({ at }) => at),
      [5, 4, 3],
    );
    assert.deepEqual(page[0]?.about, { number: 'n5', i: 5 });
    const rest = await audit.list(town, { before: page.at(-1)?.entry ?? 0, limit: 3 });
    assert.deepEqual(
      rest.map(({ at }) => at),
      [2, 1],
    );
    assert.deepEqual(
      (await audit.list(otherTown, { limit: 9 })).map(({ act }) => act),
      ['signed-in'],
    );
  });
}
