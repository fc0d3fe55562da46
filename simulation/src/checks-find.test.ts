/** A check that cannot fail is no check: each finds the broken part that it is there to find. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { answer } from '@dokodemo/domain';
import type { Application, Forms, IssuerStore } from '@dokodemo/issuer';
import type { CheckName } from './checks/check.ts';
import type { Parts } from './parts.ts';
import { simulate } from './simulation.ts';
import { openStage } from './stage.ts';
import type { Stage } from './world.ts';

let stage: Stage;
before(async () => {
  stage = await openStage();
});

/** Seeds until the check has found it; with sound parts they all hold (`seeds-hold.test.ts`). `from`: where what it takes
 *  comes seldom, a seed shortly before it comes. */
async function found(check: CheckName, words: RegExp, parts: Partial<Parts>, from = 1): Promise<void> {
  const other: string[] = [];
  for (let seed = from; seed < from + 60; seed++) {
    const { findings } = await simulate(stage, { seed, minutes: 30, parts, findAll: true });
    if (findings.some((finding) => finding.check === check && words.test(finding.what))) return;
    other.push(...findings.map((finding) => `${finding.check}: ${finding.what}`));
  }
  assert.fail(`${check} has found nothing like ${words}; found: ${other.slice(0, 10).join('; ') || 'nothing at all'}`);
}

test('S1 finds forms that keep the last order in a shared place and draw that one', () =>
  found('S1', /another holder|sheets in the tray/, {
    forms: (sound) => {
      const shared = new Map<keyof Forms, object>();
      const keeping = (name: keyof Forms) => (order: { readonly frame: object }) => {
        const before = shared.get(name);
        shared.set(name, order);
        const draw = sound[name] as (it: object) => ReturnType<Forms[keyof Forms]>;
        return draw(before === undefined ? order : { ...before, frame: order.frame });
      };
      const names = Object.keys(sound) as (keyof Forms)[];
      return Object.fromEntries(names.map((name) => [name, keeping(name)])) as unknown as Forms;
    },
  }));

test('S2 finds a money unit that keeps the fee as soon as it is there', () =>
  found('S2', /sheets are out/, {
    money: (sound) => ({
      ...sound,
      async accept(applicationId, feeYen, onInserted) {
        await sound.accept(applicationId, feeYen, onInserted);
        if ((await sound.escrow()).insertedYen >= feeYen) await sound.capture(applicationId, feeYen);
      },
    }),
  }));

test('S2 finds a money unit that forgets to give back and says that it did', () =>
  found('S2', /rest in escrow/, {
    money: (sound) => ({
      ...sound,
      giveBack: async () => ({ returnedYen: 0 }),
    }),
  }));

test('S2 finds a kiosk that takes the deposit of a file for its collection', () =>
  found('S2', /0 of 1 sheets are out/, {
    handOver: (sound) => ({ ...sound, state: async () => answer('collected') }),
  }));

test('S2 finds a kiosk that calls a file withdrawn without asking', () =>
  found('S2', /all its paper is out, no fee is captured/, {
    handOver: (sound) => ({
      ...sound,
      withdraw: async () => answer('withdrawn'),
      state: async () => answer('waiting'),
    }),
  }));

test('S3 finds a center that does not tell issuers how it ended', () =>
  found('S3', /issuers' money/, {
    issuerOfCenter: (sound) => ({ ...sound, tellOutcome: async () => answer({}) }),
  }));

test('S7 finds an issuer that keeps a snapshot and calls it new', () =>
  found('S7', /although|name|no longer there/, {
    registry: (sound, { time }) => {
      const kept = new Map<string, Awaited<ReturnType<typeof sound.residenceSnapshot>>>();
      return {
        ...sound,
        async residenceSnapshot(params, body) {
          const before = kept.get(body.holder);
          if (before?.ok && before.value.snapshot !== null) {
            const asOf = new Date(time.now()).toISOString();
            return answer({ snapshot: { ...before.value.snapshot, asOf } });
          }
          const read = await sound.residenceSnapshot(params, body);
          kept.set(body.holder, read);
          return read;
        },
      };
    },
  }));

test('S8 finds an issuer that forgets what it has prepared and prepares it again', () => {
  const issuerStore: Parts['issuerStore'] = (sound) => ({
    ...sound,
    findApplication: async () => undefined,
    async recordApplication(application) {
      await sound.recordApplication(application);
      return { kept: true, application };
    },
  });
  return found('S8', /answered differently/, { issuerStore }, 35);
});

/** Serial numbers of a process's own memory: they begin anew. */
const numbersAnew = (sound: IssuerStore): IssuerStore => {
  let taken = 0;
  return { ...sound, takeSerials: async () => 1 + 2 * (taken++ % 3) };
};

/** A database without its rule that a document number stands in it once. */
const withoutTheRule = (sound: IssuerStore): IssuerStore => {
  const renumbered = (application: Application, number: (it: string) => string): Application => {
    const { issue } = application;
    return issue === undefined
      ? application
      : { ...application, issue: { ...issue, documentNumbers: issue.documentNumbers.map(number) } };
  };
  const asTaken = (application: Application) => renumbered(application, (it) => it.split(' of ')[0] ?? it);
  return {
    ...sound,
    async findApplication(municipality, applicationId) {
      const found = await sound.findApplication(municipality, applicationId);
      return found === undefined ? undefined : asTaken(found);
    },
    async recordApplication(application) {
      const unlike = renumbered(application, (it) => `${it} of ${application.applicationId}`);
      const { kept, application: standing } = await sound.recordApplication(unlike);
      return { kept, application: asTaken(standing) };
    },
  };
};

test('serial numbers that begin anew: the issuer’s database takes none of them twice, and that is found as a defect', () =>
  found('sound', /a document number was given twice/, { issuerDatabase: numbersAnew }));

test('S8 finds them where the database has lost that rule, too', () =>
  found('S8', /was given to/, { issuerDatabase: (sound) => numbersAnew(withoutTheRule(sound)) }));

test('the log is found to differ where somebody on the way tells the center of other papers', () =>
  found('log', /another digest/, {
    issuerOfCenter: (sound) => ({
      ...sound,
      async prepareDocument(params, body) {
        const prepared = await sound.prepareDocument(params, body);
        if (!prepared.ok) return prepared;
        const papers = prepared.value.papers.map((paper) => ({ ...paper, digest: '0'.repeat(64) }));
        return answer({ ...prepared.value, papers });
      },
    }),
  }));

test('L1 finds a center that never looks at what time has done', () =>
  found('L1', /is still|not told|left at the center/, {
    centerTick: () => async () => undefined,
  }));
