import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { LandParcel, ResidentTax } from '@dokodemo/domain';
import type { Rendered } from '../form/filling.ts';
import { type FormEngine, openFormEngine } from '../form-engine.ts';
import { fileOf, missing, run } from '../testing/judges.ts';
import {
  familyRegister,
  familySnapshot,
  historySnapshot,
  holder,
  impressionOf,
  sealSnapshot,
  taxSnapshot,
  taxYear,
  undeclared,
} from '../testing/registers.ts';
import { frameOf } from '../testing/residents.ts';

let engine: FormEngine;
let frame: ReturnType<typeof frameOf>;
before(() => {
  engine = openFormEngine();
  frame = frameOf(engine);
});

function said(rendered: Rendered): readonly (readonly string[])[] {
  assert.ok(rendered.ok, JSON.stringify(rendered));
  return rendered.sheets.map((sheet) => sheet.said);
}
const refused = (rendered: Rendered) => (rendered.ok ? 'drawn' : rendered.code);

test('a seal is printed at its true size', { skip: missing('pdfimages') }, () => {
  for (const widthMm of [9, 18, 24.5]) {
    const impression = impressionOf(engine, '渡邉太郎', widthMm);
    const rendered = engine.renderSealCertificate({ snapshot: sealSnapshot(impression), frame });
    assert.ok(rendered.ok, JSON.stringify(rendered));
    const images = run('pdfimages', '-list', fileOf(rendered.sheets[0]?.pdf ?? new Uint8Array()));
    const row = images.split('\n').find((line) => line.includes(` ${impression.widthPx} `)) ?? '';
    // Columns: page num type width height color comp bpc enc interp object ID x-ppi y-ppi …
    assert.deepEqual(row.trim().split(/\s+/).slice(12, 14), ['600', '600'], images);
  }
});

test('no paper for a seal that is cancelled, was never registered, or is not as it should be', () => {
  const impression = impressionOf(engine, '渡邉太郎', 18);
  const good = sealSnapshot(impression);
  const { registration: _, ...none } = good;
  const cancelled = {
    state: 'cancelled',
    registrationNumber: '1',
    registeredOn: { text: '' },
    cancelledOn: { text: '' },
    reason: 'lost',
  } as const;
  const faulty = {
    ...good,
    registration: { ...good.registration, impression: { ...impression, dpi: 200 } },
  } as typeof good;
  for (const snapshot of [none, { ...good, registration: cancelled }, faulty])
    assert.equal(refused(engine.renderSealCertificate({ snapshot, frame })), 'FORM_INCOMPLETE');
});

test('sex stands on a seal certificate only where the ordinance says so', () => {
  const impression = impressionOf(engine, '渡邉太郎', 18);
  const of = (printsSex: boolean) =>
    said(engine.renderSealCertificate({ snapshot: sealSnapshot(impression, { printsSex }), frame }))[0] ?? [];
  assert.ok(of(true).includes('男') && !of(false).includes('男'));
});

const income = (residentTax: ResidentTax | undefined) => {
  const { residentTax: _, ...rest } = taxYear;
  const year = residentTax === undefined ? rest : { ...rest, residentTax };
  return engine.renderTaxCertificate({
    snapshot: taxSnapshot(year),
    choice: { kind: 'income-and-tax', fiscalYear: 2026 },
    frame,
  });
};

test('amounts stand as in the roll; a tax whose sums are wrong is no paper', () => {
  const tax = taxYear.residentTax as Extract<ResidentTax, { declaration: 'declared' }>;
  const [sheet] = said(income(tax));
  for (const amount of [
    '6,540,000',
    '4,792,000',
    '2,187,040',
    '2,724,000',
    '161,900',
    '274,800',
    '令和8年度（令和7年分の所得）',
  ])
    assert.ok(sheet?.includes(amount), amount);
  assert.equal(refused(income({ ...tax, annualYen: tax.annualYen + 100 })), 'FORM_INCOMPLETE');
});

test('a dependant who has not declared has a star for every amount; others who have not, no paper', () => {
  const [sheet] = said(income(undeclared('undeclared-dependant').residentTax));
  assert.ok((sheet?.filter((it) => it === '＊').length ?? 0) > 40);
  assert.ok(!sheet?.some((it) => /^\d[\d,]*$/.test(it)), 'no amount');
  assert.equal(refused(income(undeclared('undeclared').residentTax)), 'FORM_INCOMPLETE');
  assert.equal(refused(income(undefined)), 'FORM_INCOMPLETE');
});

test('no tax: the certificate says 非課税', () => {
  const tax = taxYear.residentTax as Extract<ResidentTax, { declaration: 'declared' }>;
  const nothing = { perCapitaYen: 0, incomeLevyBeforeCreditsYen: 0, creditsYen: 0, incomeLevyYen: 0 };
  const untaxed = { ...tax, municipal: nothing, prefectural: nothing, forestEnvironmentYen: 0, annualYen: 0 };
  assert.ok(said(income(untaxed))[0]?.includes('所得・非課税証明書'));
});

test('five parcels a sheet, each sheet with its owner', () => {
  const land = taxYear.fixedAssets?.land as readonly LandParcel[];
  const assets = { settledOn: '2026-04-01', land: [...land, ...land], buildings: taxYear.fixedAssets?.buildings ?? [] };
  for (const kind of ['fixed-asset-valuation', 'fixed-asset-levy'] as const) {
    const snapshot = taxSnapshot({ ...taxYear, fixedAssets: assets });
    const sheets = said(engine.renderTaxCertificate({ snapshot, choice: { kind, fiscalYear: 2026 }, frame }));
    assert.deepEqual(
      sheets.map((sheet) => sheet.filter((it) => it === '12,345,678').length),
      [5, 5, 3],
    );
    for (const sheet of sheets) assert.ok(sheet.includes(holder.name.text));
    assert.equal(
      sheets.some((sheet) => sheet.includes('28,806')),
      kind === 'fixed-asset-levy',
    );
  }
});

test('a vehicle with arrears, or whose tax is not paid, gets no certificate for its inspection', () => {
  const [vehicle] = taxYear.vehicles;
  assert.ok(vehicle);
  const choice = { kind: 'vehicle-inspection', fiscalYear: 2026, plate: vehicle.plate.text } as const;
  const of = (change: object) =>
    refused(
      engine.renderTaxCertificate({
        snapshot: taxSnapshot({ ...taxYear, vehicles: [{ ...vehicle, ...change }] }),
        choice,
        frame,
      }),
    );
  assert.deepEqual(
    [of({}), of({ arrears: true }), of({ paidYen: 0 })],
    ['drawn', 'FORM_INCOMPLETE', 'FORM_INCOMPLETE'],
  );
});

test('payments of several years follow one another; one that does not add up is no paper', () => {
  const years = [taxYear, { ...taxYear, fiscalYear: 2025 }];
  const choice = {
    kind: 'tax-payment',
    of: [2026, 2025].map((fiscalYear) => ({ fiscalYear, item: 'resident-tax' as const })),
  } as const;
  const [sheet] = said(engine.renderTaxCertificate({ snapshot: taxSnapshot(taxYear, { years }), choice, frame }));
  assert.deepEqual(
    sheet?.filter((it) => /^令和\d年度$/.test(it)),
    ['令和8年度', '令和7年度'],
  );
  const broken = { ...taxYear, payments: taxYear.payments.map((it) => ({ ...it, paidYen: it.paidYen + 1 })) };
  const one = { kind: 'tax-payment', of: [{ fiscalYear: 2026, item: 'resident-tax' }] } as const;
  assert.equal(
    refused(engine.renderTaxCertificate({ snapshot: taxSnapshot(broken), choice: one, frame })),
    'FORM_INCOMPLETE',
  );
});

test('a family register has everybody, one person’s certificate nobody else', () => {
  const all = said(
    engine.renderFamilyRegisterCertificate({ snapshot: familySnapshot(), choice: { scope: 'all' }, frame }),
  ).flat();
  for (const line of [
    '【名】太郎',
    '【名】花子',
    '【名】一姫',
    '【生年月日】昭和５５年４月１２日　　【配偶者区分】夫',
    '【新本籍】見本県いつでも町大字中里１２３４番地',
  ])
    assert.ok(all.includes(line), line);
  assert.equal(all.filter((it) => it.includes('全部を証明した書面')).length, 1);
  const some = { scope: 'some', personNumbers: [3] } as const;
  const one = said(engine.renderFamilyRegisterCertificate({ snapshot: familySnapshot(), choice: some, frame })).flat();
  assert.ok(one.includes('【名】一姫') && !one.includes('【名】太郎') && !one.includes('【名】花子'));
  assert.ok(one.some((it) => it.includes('一部の者について')));
});

test('a register in which something is not recorded yet, kept elsewhere, or without the person is no paper', () => {
  const { familyRegister: _, ...elsewhere } = familySnapshot();
  const all = { scope: 'all' } as const;
  for (const [snapshot, choice] of [
    [familySnapshot({ processing: true }), all],
    [elsewhere, all],
    [familySnapshot(), { scope: 'some', personNumbers: [9] } as const],
  ] as const)
    assert.equal(refused(engine.renderFamilyRegisterCertificate({ snapshot, choice, frame })), 'FORM_INCOMPLETE');
});

test('a register of a dozen sheets parts its entries between lines and loses none', () => {
  const persons = Array.from({ length: 24 }, (_, i) => {
    const model = familyRegister.persons[i % 4];
    assert.ok(model);
    return { ...model, personNumber: i + 1, givenName: { text: `名${i + 1}` } };
  });
  const sheets = said(
    engine.renderFamilyRegisterCertificate({ snapshot: familySnapshot({ persons }), choice: { scope: 'all' }, frame }),
  );
  assert.ok(sheets.length >= 10 && sheets.length <= 14, `${sheets.length}`);
  const names = sheets.flat().filter((it) => it.startsWith('【名】'));
  assert.deepEqual(
    names,
    persons.map((it) => `【名】${it.givenName.text}`),
  );
  for (const [i, sheet] of sheets.entries()) assert.ok(sheet.includes(`（${sheets.length}の${i + 1}）`));
});

test('with 本籍 shown a 附票 lists given names, without it whole names and no 本籍', () => {
  const of = (domicile: boolean) =>
    said(engine.renderRegisterHistory({
      snapshot: historySnapshot,
      options: { scope: 'some', domicile, overseasVoter: false },
      personNumbers: [1, 2],
      frame,
    })).flat(); // biome-ignore format: one call
  assert.ok(of(true).includes('太郎') && of(true).includes('見本県どこでも市本町一丁目1番地'));
  assert.ok(of(false).includes('渡邉\u{E010F}　太郎') && !of(false).includes('見本県どこでも市本町一丁目1番地'));
  assert.ok(!of(false).includes('太郎') && !of(true).includes('見本県いつでも町'), 'nobody asked for the voters’ list');
  assert.ok(of(true).some((it) => it.includes('一部の写し')));
});
