/** The desk at which a municipality's own settings are drafted, looked at, proposed and taken into use. */
import type { DocumentFrame, FormEngine, Rendered } from '@dokodemo/documents';
import { allForms } from '@dokodemo/documents';
import { type Sample, samplesOf } from '@dokodemo/documents/samples';
import { type Answer, answer, type Clock, dayInJapan, isoJapan, refuse } from '@dokodemo/domain';
import { validatorOf } from '@dokodemo/protocol';
import type { TSchema } from 'typebox';
import { inForceOn, type MunicipalityProfile } from '../municipality.ts';
import { formInForce } from '../prepare/form-in-force.ts';
import { Certification, certificationId, certifyingOf, faultsOfCertification } from '../settings/certification.ts';
import { settleFrom } from '../settings/in-force.ts';
import {
  type Fault,
  faultsOfOwnForm,
  formOf,
  houseForm,
  isFixedText,
  leaveOutable,
  OwnForm,
} from '../settings/own-form.ts';
import {
  type By,
  beginsOn,
  type Decision,
  type SettingStore,
  stateOf,
  type Version,
} from '../settings/setting-store.ts';
import { lineOf, lineOfSyntax, linesOf } from './json-places.ts';
import type { BodyOf, DecideBody, DraftBody, PreviewBody, ProposeBody } from './shapes.ts';

/** A fault at its line of what was typed. */
export type PlacedFault = { readonly what: string; readonly line: number; readonly at?: string };
export type Preview =
  | { readonly ok: true; readonly sheets: readonly string[] }
  | { readonly ok: false; readonly faults: readonly PlacedFault[] };

export type DeskTools = {
  readonly store: SettingStore;
  readonly engine: FormEngine;
  readonly clock: Clock;
  readonly production: boolean;
};

const versionsMax = 100;
const plainForm: OwnForm = { texts: {}, leftOut: [] };

export const settingIds: readonly string[] = [...allForms.map(({ formId }) => formId), certificationId];
export const isSetting = (settingId: string): boolean => settingIds.includes(settingId);

type Read<T> =
  | { readonly ok: true; readonly content: T }
  | { readonly ok: false; readonly faults: readonly PlacedFault[] };

/** From what was typed to a content without faults, or its faults at their lines. */
export function readTyped(
  { engine, production }: DeskTools,
  settingId: string,
  typed: string,
): Read<OwnForm | Certification> {
  let content: unknown;
  try {
    content = JSON.parse(typed);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return { ok: false, faults: [{ what, line: lineOfSyntax(typed, what) }] };
  }
  const lines = linesOf(typed);
  const placed = (faults: readonly Fault[]): readonly PlacedFault[] =>
    faults.map(({ what, at }) => ({ what, line: lineOf(lines, at ?? ''), ...(at === undefined ? {} : { at }) }));
  const schema: TSchema = settingId === certificationId ? Certification : OwnForm;
  const validator = validatorOf(schema);
  if (!validator.Check(content)) {
    const misfits = [...validator.Errors(content)].slice(0, 20);
    return {
      ok: false,
      faults: placed(
        misfits.map(({ instancePath, message }) => ({ what: `${instancePath || '/'} ${message}`, at: instancePath })),
      ),
    };
  }
  const faults =
    settingId === certificationId
      ? faultsOfCertification(engine, content as Certification, production)
      : faultsOfOwnForm(engine, settingId, content as OwnForm);
  return faults.length === 0 ? { ok: true, content: content as never } : { ok: false, faults: placed(faults) };
}

/** The frame of a specimen on a day: as a paper of that day, but for its number. */
async function specimenFrame(
  tools: DeskTools,
  profile: MunicipalityProfile,
  day: string,
): Promise<Answer<DocumentFrame>> {
  const nowMs = tools.clock.now();
  const settled = await settleFrom(tools.store, tools.engine)(profile, day);
  if (!settled.ok) return settled;
  const form = formInForce(settled.value.profile, day, nowMs);
  if (!form.ok) return form;
  const { certifier, seal } = form.value;
  return answer({
    municipality: profile.code,
    municipalityName: profile.name,
    documentNumber: `${day.replaceAll('-', '')}-${profile.code}-0000000`,
    issuedOn: day,
    issuedAt: isoJapan(nowMs),
    certifier: { title: certifier.title, name: { text: certifier.name }, seal: seal.image },
    specimen: true,
    ...(settled.value.profile.forms === undefined ? {} : { forms: settled.value.profile.forms }),
  });
}

function framedWith(
  engine: FormEngine,
  frame: DocumentFrame,
  settingId: string,
  content: OwnForm | Certification,
): DocumentFrame {
  if (settingId !== certificationId)
    return { ...frame, forms: { ...frame.forms, [settingId]: formOf(settingId, content as OwnForm) } };
  const { certifier, seal } = certifyingOf(engine, content as Certification, { from: frame.issuedOn });
  return { ...frame, certifier: { title: certifier.title, name: { text: certifier.name }, seal: seal.image } };
}

/** A certifier is looked at on the plainest of all papers. */
const samplesFor = (settingId: string): readonly Sample[] =>
  settingId === certificationId ? samplesOf('residence').slice(0, 1) : samplesOf(settingId);

export async function preview(
  tools: DeskTools,
  profile: MunicipalityProfile,
  settingId: string,
  { content: typed, sampleId }: BodyOf<typeof PreviewBody>,
): Promise<Answer<Preview>> {
  const sample = samplesFor(settingId).find((it) => it.sampleId === sampleId);
  if (sample === undefined) return refuse('UNKNOWN', 'no such sample');
  const read = readTyped(tools, settingId, typed);
  if (!read.ok) return answer({ ok: false, faults: read.faults });
  const frame = await specimenFrame(tools, profile, dayInJapan(tools.clock.now()));
  if (!frame.ok) return answer({ ok: false, faults: [{ what: frame.failure.detail ?? frame.failure.code, line: 1 }] });
  const rendered = sample.render(tools.engine, framedWith(tools.engine, frame.value, settingId, read.content));
  return answer(shown(rendered));
}

function shown(rendered: Rendered): Preview {
  return rendered.ok
    ? { ok: true, sheets: rendered.sheets.map(({ pdf }) => Buffer.from(pdf).toString('base64')) }
    : { ok: false, faults: [{ what: `${rendered.code}: ${rendered.detail}`, line: 1 }] };
}

const summaryOf = ({ content: _, ...version }: Version) => ({ ...version, state: stateOf(version) });

/** Everything that a municipality may lay down: what holds today, what is proposed, what is drafted. */
export async function overview(tools: DeskTools, profile: MunicipalityProfile) {
  const { store, clock } = tools;
  const [holding, drafts] = await Promise.all([
    store.holdingOn(profile.code, dayInJapan(clock.now())),
    store.listDrafts(profile.code),
  ]);
  const settings = [];
  for (const settingId of settingIds) {
    const versions = await store.listVersions(profile.code, settingId, versionsMax);
    const draft = drafts.find((it) => it.settingId === settingId);
    const holds = holding.find((it) => it.settingId === settingId);
    settings.push({
      settingId,
      title: houseForm(settingId)?.title ?? '',
      holds: holds === undefined ? { version: 0 } : { version: holds.version, from: holds.from },
      proposed: versions.filter((it) => stateOf(it) === 'proposed').length,
      coming: versions
        .map((it) => beginsOn(it))
        .filter((from): from is string => from !== undefined && from > dayInJapan(clock.now()))
        .toSorted()[0],
      ...(draft === undefined ? {} : { draft: { by: draft.by.name, at: draft.at } }),
    });
  }
  return answer({ settings });
}

/** One setting with its versions, its draft, and what it begins from. */
export async function look(tools: DeskTools, profile: MunicipalityProfile, settingId: string) {
  const { store, clock } = tools;
  const today = dayInJapan(clock.now());
  const [holding, draft, versions] = await Promise.all([
    store.holdingOn(profile.code, today),
    store.findDraft(profile.code, settingId),
    store.listVersions(profile.code, settingId, versionsMax),
  ]);
  const holds = holding.find((it) => it.settingId === settingId);
  const version = holds && (await store.findVersion(profile.code, settingId, holds.version));
  const house = houseForm(settingId);
  return answer({
    settingId,
    title: house?.title ?? '',
    today,
    holds: { version: holds?.version ?? 0, content: version?.content ?? houseContent(profile, settingId, today) },
    ...(house === undefined ? {} : { house }),
    fixedTexts: Object.keys(house?.texts ?? {}).filter((name) => isFixedText(settingId, name)),
    leaveOutable: leaveOutable(settingId),
    samples: samplesFor(settingId).map(({ sampleId, label }) => ({ sampleId, label })),
    draft:
      draft === undefined ? null : { revision: draft.revision, content: draft.content, by: draft.by, at: draft.at },
    versions: versions.map(summaryOf),
  });
}

/** A seal of the configuration as a setting holds one (P4, base64). */
function portable({ image }: MunicipalityProfile['seals'][number]['image']): string {
  return Buffer.concat([Buffer.from(`P4\n${image.width} ${image.height}\n`), image.bits]).toString('base64');
}

/** Of the certifier in the configuration; of a form nothing of the municipality's own. */
function houseContent(profile: MunicipalityProfile, settingId: string, today: string): unknown {
  if (settingId !== certificationId) return plainForm;
  const certifier = inForceOn(profile.certifiers, today);
  const capacity = certifier?.capacity ?? 'mayor';
  const seal = inForceOn(
    profile.seals.filter((it) => it.capacity === capacity),
    today,
  );
  return {
    capacity,
    title: certifier?.title ?? '',
    name: certifier?.name ?? '',
    seal: {
      sealId: seal?.sealId ?? '',
      widthMm: seal?.image.widthMm ?? 21,
      impression:
        seal === undefined || seal.specimen
          ? { specimen: seal?.legend ?? '見本之印' }
          : { bitmap: portable(seal.image) },
    },
  };
}

export async function saveDraft(
  { store, clock }: DeskTools,
  municipality: string,
  settingId: string,
  by: By,
  { revision, content }: BodyOf<typeof DraftBody>,
): Promise<Answer<{ revision: number }>> {
  const next = { municipality, settingId, revision: revision + 1, content, by, at: clock.now() };
  return (await store.keepDraft(next))
    ? answer({ revision: revision + 1 })
    : refuse('OUT_OF_STEP', 'somebody else has saved this draft');
}

/** A proposal has no fault and every sample can be drawn with it. Its draft is done. */
export async function propose(
  tools: DeskTools,
  profile: MunicipalityProfile,
  settingId: string,
  by: By,
  body: BodyOf<typeof ProposeBody>,
): Promise<Answer<{ version: number } | { faults: readonly PlacedFault[] }>> {
  const { store, clock } = tools;
  if (body.from < dayInJapan(clock.now())) return refuse('OUT_OF_STEP', 'the day is past');
  if (body.until !== undefined && body.until < body.from) return refuse('MALFORMED', 'it ends before it begins');
  const read = readTyped(tools, settingId, body.content);
  if (!read.ok) return answer({ faults: read.faults });
  const frame = await specimenFrame(tools, profile, dayInJapan(clock.now()));
  if (!frame.ok) return frame;
  const framed = framedWith(tools.engine, frame.value, settingId, read.content);
  for (const sample of samplesFor(settingId)) {
    const rendered = sample.render(tools.engine, framed);
    if (!rendered.ok)
      return answer({ faults: [{ what: `${sample.label.ja}: ${rendered.code} ${rendered.detail}`, line: 1 }] });
  }
  const { from, until, reason, revision } = body;
  const { version } = await store.propose({
    municipality: profile.code,
    settingId,
    content: read.content,
    from,
    ...(until === undefined ? {} : { until }),
    reason,
    by,
    at: clock.now(),
  });
  if (revision > 0) await store.dropDraft(profile.code, settingId, revision);
  return answer({ version });
}

/** Who may decide what: four eyes for taking into use and for returning; withdrawing before the first day also by the
 *  one who proposed. */
export function mayDecide(
  version: Version,
  body: BodyOf<typeof DecideBody>,
  who: { readonly by: By; readonly approves: boolean },
  today: string,
): Answer<{ from?: string }> {
  const state = stateOf(version);
  const isAuthor = version.by.subject === who.by.subject;
  if (version.decisions.length !== body.decided) return refuse('OUT_OF_STEP', 'somebody else has decided');
  if (body.decision === 'withdrawn') {
    const begins = beginsOn(version);
    const open = state === 'proposed' || (begins !== undefined && begins > today);
    if (!open) return refuse('OUT_OF_STEP', 'it is in force, or over');
    return who.approves || isAuthor ? answer({}) : refuse('NOT_ALLOWED');
  }
  if (!who.approves) return refuse('NOT_ALLOWED');
  if (isAuthor) return refuse('NOT_ALLOWED', 'four eyes: not by the one who proposed it');
  if (state !== 'proposed') return refuse('OUT_OF_STEP', `it is ${state}`);
  if (body.decision === 'returned') return answer({});
  const from = body.from ?? version.from;
  if (from < today) return refuse('OUT_OF_STEP', 'the day is past');
  if (version.until !== undefined && version.until < from) return refuse('MALFORMED', 'it ends before it begins');
  return answer({ from });
}

export async function decide(
  { store, clock }: DeskTools,
  municipality: string,
  settingId: string,
  who: { readonly by: By; readonly approves: boolean },
  body: BodyOf<typeof DecideBody>,
): Promise<Answer<{ from?: string }>> {
  const version = await store.findVersion(municipality, settingId, body.version);
  if (version === undefined) return refuse('UNKNOWN');
  const may = mayDecide(version, body, who, dayInJapan(clock.now()));
  if (!may.ok) return may;
  const { decision, note } = body;
  const decided: Decision = { decision, ...may.value, note, by: who.by, at: clock.now() };
  return (await store.decide(municipality, settingId, body.version, body.decided, decided))
    ? may
    : refuse('OUT_OF_STEP', 'somebody else has decided');
}
