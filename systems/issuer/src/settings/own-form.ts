/**
 * A municipality's own form: its words, a note, what it leaves out, over the form of the house; or a form of its own
 * altogether. Kept as the difference, so that a better form of the house reaches those who only changed words.
 */
import type { FormEngine } from '@dokodemo/documents';
import { allForms, type Form } from '@dokodemo/documents';
import { type Static, Type } from 'typebox';

const strict = { additionalProperties: false } as const;
const Name = Type.String({ pattern: '^[a-z][A-Za-z0-9-]{0,39}$' });

export const OwnForm = Type.Object(
  {
    /** In place of the form's own texts. */
    texts: Type.Record(Name, Type.String({ minLength: 1, maxLength: 400 })),
    /** Fields that this municipality does not print. */
    leftOut: Type.Array(Name, { maxItems: 20, uniqueItems: true }),
    /** One line above the foot of every sheet. */
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
    /** In place of the form of the house. Its shape is the form engine's to judge. */
    form: Type.Optional(Type.Object({}, { additionalProperties: true })),
  },
  strict,
);
export type OwnForm = Static<typeof OwnForm>;

export type Fault = { readonly what: string /** JSON pointer into the own form. */; readonly at?: string };

/** What may be left out, with the reason why that is the municipality's to say. */
const mayBeLeftOut: Readonly<Record<string, readonly string[]>> = {
  // 備考 is not among the items of 住民基本台帳法 7条.
  residence: ['remarks'],
  // 記載事項証明書 states what was asked for; these nobody is asked about at a kiosk.
  'residence-items': ['kana', 'formerSurname', 'previousAddress', 'notified', 'remarks'],
  // 印鑑登録証明事務処理要領: sex may be left out by ordinance.
  'seal-registration': ['sex'],
  'income-and-tax': ['remarks'],
  'fixed-asset-valuation': ['remarks'],
  'fixed-asset-levy': ['remarks'],
};

export const houseForm = (formId: string): Form | undefined => allForms.find((it) => it.formId === formId);
export const leaveOutable = (formId: string): readonly string[] =>
  Object.hasOwn(mayBeLeftOut, formId) ? (mayBeLeftOut[formId] ?? []) : [];

/** Texts that are not the municipality's: the mark of specimens, and the words that 戸籍法施行規則 付録 lays down. */
export function isFixedText(formId: string, name: string): boolean {
  return name === 'specimen' || (formId.startsWith('family-register') && name === 'certify');
}

const neverAsked = 'leftOutHere';

/** A row that comes only when there is such a value goes; elsewhere 「（省略）」 stands. */
function leaveOut(form: Form, fields: readonly string[]): Form {
  const blocks = (given: Form['flow']['sections'][number]['blocks']) =>
    Object.fromEntries(
      Object.entries(given).map(([name, block]) => [
        name,
        {
          ...block,
          rows: block.rows.map((row) => {
            const own = row.cells.flatMap((cell) => ('field' in cell ? [cell.field] : []));
            if (!own.some((it) => fields.includes(it))) return row;
            if (row.when !== undefined && own.length === 1) return { ...row, when: neverAsked };
            const cells = row.cells.map((cell) =>
              'field' in cell && fields.includes(cell.field) ? { ...cell, asked: neverAsked } : cell,
            );
            return { ...row, cells };
          }),
        },
      ]),
    );
  const sections = form.flow.sections.map((section) => ({ ...section, blocks: blocks(section.blocks) }));
  return { ...form, flow: { ...form.flow, sections } };
}

function withNote(form: Form, note: string): Form {
  const fits = { ...form.fits, ownNote: { sizePt: 7.5, minSizePt: 6, minCondense: 0.6, maxLines: 1 } };
  const line = {
    text: note, on: 'every', x: 15, y: 279.6, width: 120, height: 3.6, fit: 'ownNote', align: 'left',
  } as const; // biome-ignore format: one object
  return { ...form, fits, furniture: [...form.furniture, line] };
}

/** The form that is printed with; throws on an own form that has faults. */
export function formOf(formId: string, own: OwnForm): Form {
  const base = (own.form as Form | undefined) ?? houseForm(formId);
  if (base === undefined) throw new RangeError(`no form ${formId}`);
  const worded: Form = { ...base, texts: { ...base.texts, ...own.texts } };
  const shown = own.leftOut.length === 0 ? worded : leaveOut(worded, own.leftOut);
  return own.note === undefined ? shown : withNote(shown, own.note);
}

/** Where in the form a fault of the engine's is, by the words that it begins with (`section 1, japanese, row 2: …`). */
export function placeOf(fault: string, form: Form): string | undefined {
  if (fault.startsWith('/')) return `/form${fault.split(' ')[0]}`;
  const [, furniture] = /^furniture (\d+):/.exec(fault) ?? [];
  if (furniture !== undefined) return `/form/furniture/${Number(furniture) - 1}`;
  const [, fit] = /^fit ([^:]+):/.exec(fault) ?? [];
  if (fit !== undefined) return `/form/fits/${fit}`;
  const [, section, block, row] = /^(?:section (\d+), )?([A-Za-z0-9-]+)(?:, row (\d+))?:/.exec(fault) ?? [];
  const rows = row === undefined ? '' : `/rows/${Number(row) - 1}`;
  if (section !== undefined) {
    const place = `/form/flow/sections/${Number(section) - 1}`;
    return block === 'header' ? `${place}/header${rows}` : `${place}/blocks/${block}${rows}`;
  }
  if (block === 'opening') return `/form/flow/opening/block${rows}`;
  if (block === 'flow') return '/form/flow';
  const [, words] = /“([^”]+)”/.exec(fault) ?? [];
  const text = Object.entries(form.texts).find(([, it]) => words !== undefined && it.includes(words));
  return text && `/texts/${text[0]}`;
}

/** Empty: it can be printed with. */
export function faultsOfOwnForm(engine: Pick<FormEngine, 'faultsOf'>, formId: string, own: OwnForm): readonly Fault[] {
  const house = houseForm(formId);
  if (house === undefined) return [{ what: 'there is no such form' }];
  if (own.form !== undefined) {
    const faults = engine.faultsOf(own.form);
    if (faults.length > 0)
      return faults.map((what) => {
        const at = placeOf(what, own.form as Form);
        return { what, ...(at === undefined ? {} : { at }) };
      });
  }
  const base = (own.form as Form | undefined) ?? house;
  const names = Object.keys(own.texts);
  const faults: Fault[] = [
    ...(base.formId === formId ? [] : [{ what: `its formId is not "${formId}"`, at: '/form/formId' }]),
    ...names
      .filter((name) => !Object.hasOwn(base.texts, name))
      .map((name) => ({ what: `the form has no text "${name}"`, at: `/texts/${name}` })),
    ...names
      .filter((name) => isFixedText(formId, name))
      .map((name) => ({ what: `"${name}" is not the municipality’s to change`, at: `/texts/${name}` })),
    ...own.leftOut
      .filter((field) => !leaveOutable(formId).includes(field))
      .map((field) => ({ what: `${field} may not be left out`, at: '/leftOut' })),
  ];
  if (base.texts.certify !== house.texts.certify && isFixedText(formId, 'certify'))
    faults.push({ what: 'the words of the certification are laid down by ordinance', at: '/form/texts/certify' });
  if (faults.length > 0) return faults;
  const form = formOf(formId, own);
  return engine.faultsOf(form).map((what) => {
    const at = placeOf(what, form);
    return { what, ...(at === undefined ? {} : { at }) };
  });
}
