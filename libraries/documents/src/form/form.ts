/**
 * A form as data: what stands where on the sheets of a certificate, what is repeated, what may give way, what is shown
 * when. Plain JSON, so a form can be kept, compared, versioned and signed like any other record. Millimetres from the
 * sheet's upper left corner; sizes of type and widths of rules in points.
 */
import { type Static, Type } from 'typebox';

const strict = { additionalProperties: false } as const;
const Name = Type.String({ pattern: '^[a-z][A-Za-z0-9-]{0,39}$' });
/** A flag of the data, or its opposite: `holder`, `!holder`. */
const When = Type.Optional(Type.String({ pattern: '^!?[a-z][A-Za-z0-9-]{0,39}$' }));
const Mm = Type.Number({ minimum: 0, maximum: 297 });
const RulePt = Type.Number({ minimum: 0.1, maximum: 4 });
/** Words with `{places}`: of the frame (`documentNumber`, `page` …), a value of the data, or a text of the form. */
const Words = Type.String({ minLength: 1, maxLength: 400 });

/** How far a text may give way: narrower (長体), smaller, on more lines. Beyond that it is refused. */
export const Fit = Type.Object(
  {
    sizePt: Type.Number({ minimum: 5, maximum: 40 }),
    /** Smallest size at which an official text may be printed here. */
    minSizePt: Type.Number({ minimum: 5, maximum: 40 }),
    /** Narrowest permitted form, 1 is natural. */
    minCondense: Type.Number({ minimum: 0.5, maximum: 1 }),
    maxLines: Type.Integer({ minimum: 1, maximum: 60 }),
  },
  strict,
);
export type Fit = Static<typeof Fit>;

const place = {
  width: Mm,
  /** How many rows it stands over. */
  rows: Type.Optional(Type.Integer({ minimum: 2, maximum: 60 })),
  /** No rule at its left. */
  joined: Type.Optional(Type.Literal(true)),
  /** A small box around what stands in it, as around the mark 除籍. */
  boxed: Type.Optional(Type.Literal(true)),
};

export const Cell = Type.Union([
  Type.Object(
    {
      ...place,
      label: Words,
      /** `spread`: over the width, as 住　所. `down`: one character under the other. */
      align: Type.Optional(
        Type.Union([Type.Literal('spread'), Type.Literal('center'), Type.Literal('left'), Type.Literal('down')]),
      ),
      sizePt: Type.Optional(Type.Number({ minimum: 5, maximum: 20 })),
    },
    strict,
  ),
  Type.Object(
    {
      ...place,
      field: Name,
      fit: Name,
      align: Type.Optional(Type.Union([Type.Literal('left'), Type.Literal('center'), Type.Literal('right')])),
      /** A flag: while it is not set, the form's text `omitted` stands here, and the value is not looked at. */
      asked: Type.Optional(Name),
      /** Which of the form's texts stands here when there is no value. Without it a value must be there. */
      absent: Type.Optional(Name),
    },
    strict,
  ),
  /** An image at its true size, in the middle. */
  Type.Object({ ...place, image: Name }, strict),
  Type.Object({ ...place, blank: Type.Literal(true) }, strict),
]);
export type Cell = Static<typeof Cell>;

export const Row = Type.Object(
  {
    height: Type.Number({ minimum: 0.5, maximum: 250 }),
    cells: Type.Array(Cell, { minItems: 1, maxItems: 20 }),
    when: When,
    /** Becomes as high as its text needs. */
    grows: Type.Optional(Type.Literal(true)),
    /** Once for each entry of this list. */
    each: Type.Optional(Name),
    /** Width of the rule above it; 0: none. */
    rulePt: Type.Optional(Type.Number({ minimum: 0, maximum: 4 })),
    /** Never parted from the row after it by the end of a sheet. */
    withNext: Type.Optional(Type.Literal(true)),
  },
  strict,
);
export type Row = Static<typeof Row>;

export const Block = Type.Object(
  {
    left: Mm,
    width: Mm,
    rows: Type.Array(Row, { minItems: 1, maxItems: 80 }),
    /** Width of the rule around it; 0: none. */
    framePt: Type.Number({ minimum: 0, maximum: 4 }),
    /** May the end of a sheet part it between two rows? */
    parts: Type.Optional(Type.Literal(true)),
  },
  strict,
);
export type Block = Static<typeof Block>;

export const Section = Type.Object(
  {
    /** Once for each entry of this list; without it once, for the data itself. */
    each: Type.Optional(Name),
    /** By the entry's `block`; the first when the entry names none. */
    blocks: Type.Record(Name, Block),
    /** Stands above the first, and again at the top of each sheet on which the section goes on. */
    header: Type.Optional(Block),
    /** Between two blocks. */
    gap: Mm,
    /** Before the section. */
    above: Type.Optional(Mm),
    perSheet: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
    when: When,
  },
  strict,
);
export type Section = Static<typeof Section>;

const on = Type.Union([Type.Literal('every'), Type.Literal('first'), Type.Literal('last')]);

/** What stands at a fixed place of the sheet. Drawn in its order, before the flow. */
export const Furniture = Type.Union([
  Type.Object(
    {
      text: Words,
      on,
      when: When,
      /** The box: one line stands in its middle, more lines around it. */
      x: Mm,
      y: Mm,
      width: Mm,
      height: Mm,
      fit: Name,
      align: Type.Union([Type.Literal('left'), Type.Literal('center'), Type.Literal('right'), Type.Literal('spread')]),
      heading: Type.Optional(Type.Literal(true)),
    },
    strict,
  ),
  Type.Object({ seal: Type.Literal(true), on, centerX: Mm, centerY: Mm }, strict),
  Type.Object({ box: RulePt, on, when: When, x: Mm, y: Mm, width: Mm, height: Mm }, strict),
  Type.Object({ rule: RulePt, on, when: When, x: Mm, y: Mm, toX: Mm, toY: Mm }, strict),
  Type.Object(
    {
      watermark: Words,
      on,
      when: When,
      centerX: Mm,
      centerY: Mm,
      sizePt: Type.Number({ minimum: 20, maximum: 400 }),
      degrees: Type.Number({ minimum: 0, maximum: 90 }),
      /** 0 black … 1 white. */
      gray: Type.Number({ minimum: 0.5, maximum: 0.98 }),
    },
    strict,
  ),
]);
export type Furniture = Static<typeof Furniture>;

export const Form = Type.Object(
  {
    formId: Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}$' }),
    version: Type.Integer({ minimum: 1 }),
    /** Of the document, for the file's own title. */
    title: Words,
    maxSheets: Type.Integer({ minimum: 1, maximum: 100 }),
    /** Texts that a municipality may put in its own words. `omitted` and `none` are the usual two of the cells. */
    texts: Type.Record(Name, Words),
    fits: Type.Record(Name, Fit),
    furniture: Type.Array(Furniture, { maxItems: 80 }),
    flow: Type.Object(
      {
        top: Mm,
        bottom: Mm,
        /** Stands at the top of every sheet: a sheet alone must say whose it is. `gap`: below it. */
        opening: Type.Optional(Type.Object({ block: Block, gap: Mm }, strict)),
        sections: Type.Array(Section, { minItems: 1, maxItems: 20 }),
        /** Said below the last block (以下余白) and, on sheets before the last, below theirs, when there is room. */
        end: Type.Optional(
          Type.Object(
            { text: Words, next: Words, fit: Name, left: Mm, width: Mm, align: Type.Literal('center') },
            strict,
          ),
        ),
      },
      strict,
    ),
  },
  strict,
);
export type Form = Static<typeof Form>;
