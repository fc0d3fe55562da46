/** A claim beside those who stand in family registers of its 本籍, for the eyes of staff: what is the same, and what is not. */
import type { EnrolmentClaim, RegisterDate, RegisterText } from '@dokodemo/domain';
import type { EnrolmentStaffClient } from './enrolment-desk.ts';

type Reply = Awaited<ReturnType<EnrolmentStaffClient['enrolmentBesideRegister']>>;
export type BesideRegister = Extract<Reply, { ok: true }>['value'];
type Candidate = BesideRegister['candidates'][number];

export const comparedFields = ['name', 'birth', 'registeredDomicile', 'headOfFamilyRegister'] as const;
type Field = (typeof comparedFields)[number];
/** `variant`: the same character in another variant form (異体字). Whether that matters is for people to say. */
export type Likeness = 'same' | 'variant' | 'differs';

/** Characters without a code point by their MJ number: a browser has no glyph for them. */
export function readable({ text, glyphs = {} }: RegisterText): string {
  return [...text].map((it) => (glyphs[it] === undefined ? it : `［${glyphs[it]}］`)).join('');
}

const withoutSpace = (text: string) => text.replace(/\s/gu, '');
const withoutVariants = (text: string) => text.replace(/[\u{E0100}-\u{E01EF}]/gu, '');

export function likenessOf(claimed: RegisterText, found: RegisterText): Likeness {
  const [a, b] = [withoutSpace(readable(claimed)), withoutSpace(readable(found))];
  if (a === b) return 'same';
  return withoutVariants(a) === withoutVariants(b) ? 'variant' : 'differs';
}

function sameDay(claimed: RegisterDate, found: RegisterDate): Likeness {
  const same = claimed.text === found.text || (claimed.iso !== undefined && claimed.iso === found.iso);
  return same ? 'same' : 'differs';
}

function likenesses(claim: EnrolmentClaim, found: Candidate): Readonly<Record<Field, Likeness>> {
  return {
    name: likenessOf(claim.name, found.name),
    birth: sameDay(claim.birth, found.birth),
    registeredDomicile: likenessOf(claim.registeredDomicile, found.registeredDomicile),
    headOfFamilyRegister: likenessOf(claim.headOfFamilyRegister, found.headOfFamilyRegister),
  };
}

const words = (of: EnrolmentClaim) => ({
  name: readable(of.name),
  birth: of.birth.text,
  registeredDomicile: readable(of.registeredDomicile),
  headOfFamilyRegister: readable(of.headOfFamilyRegister),
});

/** Those most alike first; whoever has been removed (除籍) last. */
export function besideClaim({ enrolment, candidates }: BesideRegister) {
  const rows = candidates.map((it) => {
    const likeness = likenesses(enrolment.claim, it);
    const differing = comparedFields.filter((field) => likeness[field] !== 'same').length;
    const { addresseeNumber, familyRegisterId, removed } = it;
    return { addresseeNumber, familyRegisterId, removed, ...words(it), likeness, differing };
  });
  return {
    claim: words(enrolment.claim),
    candidates: rows.toSorted((a, b) => Number(a.removed) - Number(b.removed) || a.differing - b.differing),
  };
}
