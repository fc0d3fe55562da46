/** One of each paper, with what makes it hard: those that somebody has looked at (`golden/`). */
import type { Rendered } from '../form/filling.ts';
import type { FormEngine } from '../form-engine.ts';
import {
  familySnapshot,
  historySnapshot,
  impressionOf,
  sealSnapshot,
  taxSnapshot,
  taxYear,
  undeclared,
} from './registers.ts';
import { everything, frameOf, hardMembers, household, japanese, nothingExtra, snapshotOf } from './residents.ts';

export function papers(engine: FormEngine): Readonly<Record<string, Rendered>> {
  const frame = frameOf(engine);
  const residence = (members: Parameters<typeof snapshotOf>[0], options = everything, change = {}) => ({
    snapshot: snapshotOf(members, change),
    options,
    memberNumbers: members.map((it) => it.addresseeNumber),
    frame,
  });
  const detail = { addressDetail: { text: 'どこでもスカイタワーレジデンス見本中央通り弐番館１２０３号室' } };
  const holder = [japanese('A1', '見本　太郎', { relationship: '世帯主' })];
  const tax = (choice: Parameters<FormEngine['renderTaxCertificate']>[0]['choice'], year = taxYear) =>
    engine.renderTaxCertificate({ snapshot: taxSnapshot(year), choice, frame });
  const fiscalYear = 2026;
  const payments = (['resident-tax', 'fixed-asset-tax', 'light-vehicle-tax'] as const).map((item) => ({
    fiscalYear,
    item,
  }));
  return {
    'residence-one': engine.renderResidenceCertificate(residence(holder, nothingExtra)),
    'residence-four': engine.renderResidenceCertificate(residence(hardMembers, everything, detail)),
    'residence-twelve': engine.renderResidenceCertificate(residence(household(12))),
    'residence-items': engine.renderResidenceItems(residence(hardMembers.slice(0, 2), nothingExtra)),
    seal: engine.renderSealCertificate({ snapshot: sealSnapshot(impressionOf(engine, '渡邉太郎', 18)), frame }),
    income: tax({ kind: 'income-and-tax', fiscalYear }),
    'income-undeclared': tax({ kind: 'income-and-tax', fiscalYear }, undeclared('undeclared-dependant')),
    'tax-payment': tax({ kind: 'tax-payment', of: payments }),
    valuation: tax({ kind: 'fixed-asset-valuation', fiscalYear }),
    levy: tax({ kind: 'fixed-asset-levy', fiscalYear }),
    vehicle: tax({ kind: 'vehicle-inspection', fiscalYear, plate: '見本 580 あ 12-34' }),
    family: engine.renderFamilyRegisterCertificate({ snapshot: familySnapshot(), choice: { scope: 'all' }, frame }),
    'family-person': engine.renderFamilyRegisterCertificate({
      snapshot: familySnapshot(),
      choice: { scope: 'some', personNumbers: [3] },
      frame,
    }),
    history: engine.renderRegisterHistory({
      snapshot: historySnapshot,
      options: { scope: 'all', domicile: true, overseasVoter: false },
      personNumbers: [1, 2, 3],
      frame,
    }),
  };
}
