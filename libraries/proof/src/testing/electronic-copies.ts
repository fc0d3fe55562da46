/** Electronic copies of people who do not exist, signed by an authority for tests. */
import { sign } from 'node:crypto';
import { type FormEngine, openFormEngine, type Rendered } from '@dokodemo/documents';
import { samplesOf } from '@dokodemo/documents/samples';
import type { CopyFacts } from '../electronic/copy-facts.ts';
import { draftCopy, signDraft } from '../electronic/sign-pdf.ts';
import { derOfPem } from '../seal/certificate.ts';
import { makeCheckCode, printedCheckCode } from '../seal/check-code.ts';
import type { BackSigner } from '../seal/seal-back.ts';

export const copyFactsOf = (sheets: number, change: Partial<CopyFacts> = {}): CopyFacts => ({
  issuer: '482013',
  issuerName: '見本県どこでも市',
  kindId: 'residence',
  documentNumber: '20261123-482013-0000042',
  checkCode: makeCheckCode(new Uint8Array(15).fill(7)),
  issuedAt: '2026-11-23T10:00:00.000+09:00',
  sheets,
  specimen: true,
  ...change,
});

function drawn(rendered: Rendered): readonly Uint8Array[] {
  if (!rendered.ok) throw new Error(rendered.detail);
  return rendered.sheets.map(({ pdf }) => pdf);
}

/** Sheets of every sample of a form, as they are drawn for electronic copies. */
export function sheetsOf(formId: string, engine: FormEngine): readonly (readonly Uint8Array[])[] {
  const { checkCode, documentNumber, issuedAt } = copyFactsOf(1);
  return samplesOf(formId).map((sample) =>
    drawn(
      sample.render(engine, {
        municipality: '482013',
        municipalityName: '見本県どこでも市',
        documentNumber,
        issuedOn: issuedAt.slice(0, 10),
        issuedAt,
        certifier: {
          title: '見本県どこでも市長',
          name: { text: '見本　花子' },
          seal: engine.drawSeal('どこでも市長之印', 18),
        },
        specimen: true,
        proof: { checkCode: printedCheckCode(checkCode), electronic: true },
      }),
    ),
  );
}

export function openEngine(pdfaPart: 1 | 2 = 2): FormEngine {
  return openFormEngine({ pdfaPart });
}

export function signedCopy(
  sheets: readonly Uint8Array[],
  facts: CopyFacts,
  signer: BackSigner,
  authorityPem: string,
): Uint8Array {
  const authority = derOfPem(authorityPem) ?? new Uint8Array(0);
  const draft = draftCopy(sheets, facts, { certificate: signer.certificate, authority });
  return signDraft(draft, sign('sha256', draft.statement, { key: signer.key, dsaEncoding: 'ieee-p1363' }));
}
