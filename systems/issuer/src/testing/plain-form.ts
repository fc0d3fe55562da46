/** A form that writes what it was given as lines of text, two persons a sheet, so that a test can read the paper: who
 *  asks what is permitted does not depend on how it is drawn. */
import type { DocumentFrame, Rendered } from '@dokodemo/documents';
import type { Resident } from '@dokodemo/domain';
import { sha256Hex } from '@dokodemo/protocol';
import type { Forms } from '../kinds/all-kinds.ts';

export type PlainForm = { -readonly [name in keyof Forms]: Forms[name] } & {
  drawn: number;
  refuseWith: 'GLYPH_MISSING' | 'TEXT_OVERFLOW' | undefined;
};
type Order = Parameters<Forms['renderResidenceCertificate']>[0];

function linesOf(member: Resident, { options, snapshot }: Order): string[] {
  const { particulars } = member;
  const foreign = particulars.kind === 'foreign' ? particulars : undefined;
  const own = particulars.kind === 'japanese' ? particulars : undefined;
  return [
    `name ${member.name.text}`,
    ...(options.headAndRelationship
      ? [`head ${snapshot.household.headName?.text}`, `relationship ${member.relationship}`]
      : []),
    ...(options.domicile && own
      ? [`domicile ${own.registeredDomicile.text}`, `register ${own.headOfFamilyRegister.text}`]
      : []),
    ...(options.individualNumber ? [`number ${member.individualNumber}`] : []),
    ...(options.nationality && foreign ? [`nationality ${foreign.nationality}`] : []),
    ...(options.residenceStatus && foreign ? [`status ${foreign.statusOfResidence}`] : []),
    ...(options.residenceCardNumber && foreign ? [`card ${foreign.residenceCardNumber}`] : []),
  ];
}

export function createPlainForm(): PlainForm {
  /** One sheet with everything that reached the form. */
  const whole = ({ frame, ...order }: { readonly frame: DocumentFrame }): Rendered => {
    form.drawn++;
    if (form.refuseWith !== undefined) return { ok: false, code: form.refuseWith, detail: 'as the test wants it' };
    const { documentNumber, specimen } = frame;
    const pdf = Buffer.from(JSON.stringify({ frame: { documentNumber, specimen }, sheet: 1, lines: [], order }));
    return { ok: true, sheets: [{ pdf: new Uint8Array(pdf), digest: sha256Hex(pdf), said: [] }] };
  };
  const form: PlainForm = {
    renderResidenceItems: whole,
    renderSealCertificate: whole,
    renderTaxCertificate: whole,
    renderFamilyRegisterCertificate: whole,
    renderRegisterHistory: whole,
    drawn: 0,
    refuseWith: undefined,
    renderResidenceCertificate(order) {
      form.drawn++;
      if (form.refuseWith !== undefined) return { ok: false, code: form.refuseWith, detail: 'as the test wants it' };
      const members = order.memberNumbers.flatMap((number) =>
        order.snapshot.household.members.filter(({ addresseeNumber }) => addresseeNumber === number),
      );
      const sheets = Array.from({ length: Math.ceil(members.length / 2) }, (_, i) =>
        Buffer.from(
          JSON.stringify({
            frame: { documentNumber: order.frame.documentNumber, specimen: order.frame.specimen },
            sheet: i + 1,
            lines: members.slice(i * 2, i * 2 + 2).flatMap((member) => linesOf(member, order)),
          }),
        ),
      );
      return {
        ok: true,
        sheets: sheets.map((pdf) => ({ pdf: new Uint8Array(pdf), digest: sha256Hex(pdf), said: [] })),
      };
    },
  };
  return form;
}
