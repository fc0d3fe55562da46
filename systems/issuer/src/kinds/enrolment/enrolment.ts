/**
 * 利用登録申請: no certificate, but what the holder may send from here when their family register is kept by another
 * municipality that takes part. The register already says all that is claimed, so nobody types anything: the claim stands
 * on the screen to confirm, as questions with one answer.
 */
import { type EnrolmentClaim, type ResidenceSnapshot, type Resident, type Restriction, refuse } from '@dokodemo/domain';
import type { Label, Question } from '@dokodemo/protocol';
import { type LabelBook, onScreen } from '../../menu/label-book.ts';
import type { MunicipalityProfile } from '../../municipality.ts';
import { hasCompletedYears } from '../age.ts';
import { lowestAgeYears } from '../holder-rules.ts';
import type { KindModule } from '../kind.ts';
import { judgeBy, type Rule, type RuleFacts, restricted } from '../rules.ts';

type Subject = { readonly holder: Resident | undefined };
type Facts = RuleFacts & { readonly snapshot: ResidenceSnapshot };
export type EnrolmentKind = KindModule<ResidenceSnapshot, Subject, null>;

export const enrolmentKindId = 'enrolment';

function holderOf({ household, holder }: ResidenceSnapshot): Resident | undefined {
  return household.members.find(({ addresseeNumber }) => addresseeNumber === holder);
}

function isPresent(holder: Resident | undefined, day: string): holder is Resident {
  return holder?.standing === 'present' && !((holder.movingOutOn?.iso ?? '9999') <= day);
}

/** Which municipality keeps the holder's family register, when it is another one that takes part. Its name, with the
 *  prefecture, begins the 本籍; of two such names the longer. */
export function keeperOf(
  holder: Resident | undefined,
  { code, name, enrolment }: MunicipalityProfile,
): { readonly code: string; readonly name: string } | undefined {
  if (holder === undefined || holder.particulars.kind !== 'japanese') return undefined;
  const { text } = holder.particulars.registeredDomicile;
  const [keeper] = [{ code: code as string, name }, ...(enrolment?.neighbours ?? [])]
    .filter((it) => text.startsWith(it.name))
    .toSorted((a, b) => b.name.length - a.name.length);
  return keeper?.code === code ? undefined : keeper;
}

export function claimOf(snapshot: ResidenceSnapshot): EnrolmentClaim | undefined {
  const holder = holderOf(snapshot);
  if (holder?.particulars.kind !== 'japanese') return undefined;
  const { registeredDomicile, headOfFamilyRegister } = holder.particulars;
  return { name: holder.name, birth: holder.birth, registeredDomicile, headOfFamilyRegister };
}

const onHolder =
  ({ snapshot }: Facts) =>
  ({ on }: Restriction) =>
    'householdNumber' in on || on.addresseeNumber === snapshot.holder;

export const enrolmentRules: readonly Rule<Facts>[] = [
  {
    rule: 'holder-is-present',
    code: 'NOT_RESIDENT',
    source: '住民基本台帳法 24条',
    broken: ({ snapshot, day }) => !isPresent(holderOf(snapshot), day),
  },
  {
    rule: 'holder-is-fifteen',
    code: 'UNDER_15',
    source: 'participation rules of コンビニ交付',
    broken: ({ snapshot, day }) => {
      const holder = holderOf(snapshot);
      return holder !== undefined && hasCompletedYears(holder.birth, lowestAgeYears, day) !== true;
    },
  },
  {
    rule: 'no-restriction-on-holder',
    code: 'SUPPRESSED',
    source: '住民記録システム標準仕様書 3.1, 3.4: nothing of a protected person leaves by a machine',
    broken: (facts) => restricted(facts, onHolder(facts)),
  },
];

/** One answer, which is the register's: it is not asked, and stands on the screen to confirm. */
function stated(id: string, label: Label): Question {
  const options = [{ id: 'as-registered', label }];
  return { id, label: { text: `enrolment.${id}` }, choose: 'one', atLeast: 1, options, skipIfSingle: true };
}

function questionsOf(holder: Resident | undefined, profile: MunicipalityProfile, labels: LabelBook): Question[] {
  const keeper = keeperOf(holder, profile);
  if (keeper === undefined || holder?.particulars.kind !== 'japanese') return [];
  const personal = (text: string) => labels.personal(onScreen(text));
  return [
    stated('to', { plain: keeper.name }),
    stated('name', personal(holder.name.text)),
    stated('birth', personal(holder.birth.text)),
    stated('domicile', personal(holder.particulars.registeredDomicile.text)),
    stated('head', personal(holder.particulars.headOfFamilyRegister.text)),
  ];
}

export function enrolmentKind(): EnrolmentKind {
  return {
    kindId: enrolmentKindId,
    label: { text: 'kind.enrolment' },
    icon: 'family-register',
    secondPin: false,
    async read(registry, municipality, holder) {
      const read = await registry.residenceSnapshot({ municipality }, { holder });
      return read.ok ? { ok: true, value: read.value.snapshot } : read;
    },
    versionsOf: ({ versions }) => versions,
    subjectOf: (snapshot) => ({ holder: holderOf(snapshot) }),
    isHere: ({ holder }, day, profile) => isPresent(holder, day) && keeperOf(holder, profile) !== undefined,
    appliesTo: ({ holder }, profile) => keeperOf(holder, profile)?.code,
    closedFor: ({ holder }, day) =>
      holder !== undefined && hasCompletedYears(holder.birth, lowestAgeYears, day) !== true ? 'UNDER_15' : undefined,
    questions: ({ holder }, profile, labels) => ({ questions: questionsOf(holder, profile, labels), meanings: {} }),
    choose: () => ({ choice: null, subjects: [], shown: [], fits: true }),
    judge: (snapshot, _chosen, { policies }, day) => judgeBy(enrolmentRules, { snapshot, policies, day }),
    draw: () => ({ ...refuse('KIND_NOT_OFFERED').failure, ok: false, detail: 'an application is no document' }),
  };
}
