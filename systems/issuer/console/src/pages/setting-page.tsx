/** One setting: its words or its data on the left, the paper on the right, versions below the words. */
import { type KeyboardEvent, useEffect, useState } from 'react';
import { ask, type Fault, type Setting, type Who } from '../api.ts';
import type { PageProps } from '../app.tsx';
import { CertificationEditor, certificationOf } from '../editor/certification-editor.tsx';
import { differences } from '../editor/differences.ts';
import { goToLine, JsonEditor } from '../editor/json-editor.tsx';
import { PreviewPane, usePreview } from '../editor/preview-pane.tsx';
import { useUndo } from '../editor/use-undo.ts';
import { type Decide, Versions } from '../editor/versions.tsx';
import { ownFormOf, pretty, WordsEditor } from '../editor/words-editor.tsx';
import { Failure, Waiting } from '../notices.tsx';
import { useAsked } from '../use-asked.ts';
import { type Say, timeWords } from '../words.ts';

type Tab = 'your-words' | 'whole-form' | 'changes' | 'versions';
const tabs: readonly Tab[] = ['your-words', 'whole-form', 'changes', 'versions'];

export function SettingPage(props: PageProps & { readonly settingId: string }) {
  const { who, municipality, say, settingId } = props;
  const { asked, again } = useAsked<Setting>(who, `${municipality}/${settingId}/look`);
  const [said, setSaid] = useState<string>();
  if (asked === undefined) return <Waiting say={say} />;
  if (!asked.ok) return <Failure failed={asked} say={say} again={again} />;
  const setting = asked.value;
  const path = `${municipality}/${settingId}`;
  return (
    <Desk
      key={setting.holds.version}
      {...{ who, say, setting, path, again, said, setSaid }}
      roles={who.grants[municipality] ?? []}
    />
  );
}

type DeskProps = {
  readonly who: Who;
  readonly say: Say;
  readonly setting: Setting;
  readonly path: string;
  readonly roles: readonly string[];
  readonly again: () => void;
  readonly said: string | undefined;
  readonly setSaid: (said: string | undefined) => void;
};

function Changes({ setting, text, say }: { readonly setting: Setting; readonly text: string; readonly say: Say }) {
  let edited: unknown;
  try {
    edited = JSON.parse(text);
  } catch {
    return <p className="empty">{say('broken-json')}</p>;
  }
  const found = differences(setting.holds.content, edited);
  if (found.length === 0) return <p className="empty">{say('no-changes')}</p>;
  return (
    <ul className="changes">
      {found.map(({ at, before, after }) => (
        <li key={at}>
          <code>{at.startsWith('/texts/') ? say.field(at.slice(7)) : at}</code>
          <p>
            <span className="unseen">{say('before')} </span>
            <del>{before ?? say('absent')}</del>
          </p>
          <p>
            <span className="unseen">{say('after')} </span>
            <ins>{after ?? say('absent')}</ins>
          </p>
        </li>
      ))}
    </ul>
  );
}

function Propose({
  setting,
  say,
  onPropose,
  onCancel,
}: {
  readonly setting: Setting;
  readonly say: Say;
  readonly onPropose: (given: { from: string; until?: string; reason: string }) => void;
  readonly onCancel: () => void;
}) {
  return (
    <form
      className="card propose"
      aria-labelledby="propose-title"
      onSubmit={(event) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget);
        const until = String(given.get('until') ?? '');
        onPropose({
          from: String(given.get('from')),
          ...(until === '' ? {} : { until }),
          reason: String(given.get('reason')),
        });
      }}
    >
      <h2 id="propose-title">{say('propose.title')}</h2>
      <p>{say('propose.lead')}</p>
      <div className="bar-row top-aligned">
        <label>
          {say('from-day')}
          <input type="date" name="from" required min={setting.today} defaultValue={setting.today} />
        </label>
        {setting.settingId === 'certification' ? (
          <label>
            {say('until-day')}
            <input type="date" name="until" min={setting.today} />
          </label>
        ) : null}
        <label className="grow">
          {say('reason')}
          <input name="reason" required maxLength={400} />
        </label>
      </div>
      <div className="bar-row">
        <button type="submit" className="primary">
          {say('propose.do')}
        </button>
        <button type="button" onClick={onCancel}>
          {say('cancel')}
        </button>
      </div>
    </form>
  );
}

function Desk({ who, say, setting, path, roles, again, said, setSaid }: DeskProps) {
  const isForm = setting.settingId !== 'certification';
  const edits = roles.includes('form-editor');
  const undo = useUndo(setting.draft?.content ?? pretty(setting.holds.content));
  const [tab, setTab] = useState<Tab>(edits || setting.versions.length === 0 ? 'your-words' : 'versions');
  const [sampleId, setSampleId] = useState(setting.samples[0]?.sampleId ?? '');
  const [proposing, setProposing] = useState(false);
  const [failed, setFailed] = useState<string>();
  const [refused, setRefused] = useState<readonly Fault[]>([]);
  const drawn = usePreview(who, path, undo.text, sampleId);
  const title = isForm ? say.kind(setting.settingId) : say('certification');

  const act = async (name: string, body: object, done: string): Promise<void> => {
    setFailed(undefined);
    setSaid(undefined);
    setRefused([]);
    const asked = await ask<{ faults?: readonly Fault[] }>(who, `${path}/${name}`, body);
    if (!asked.ok) return setFailed(say.error(asked.code));
    if (asked.value.faults !== undefined) return setRefused(asked.value.faults);
    setSaid(done);
    setProposing(false);
    again();
  };
  const revision = setting.draft?.revision ?? 0;
  const decide: Decide = (version, decision, more) =>
    void act(
      'decide',
      { version: version.version, decided: version.decisions.length, decision, ...more },
      decision === 'taken-into-use' ? say('approve.done', { n: version.version }) : say(`state.${decision}`),
    );
  const load = async (version: number, then: Tab = 'changes') => {
    const asked = await ask<{ content: unknown }>(who, `${path}/version`, { version });
    if (!asked.ok) return setFailed(say.error(asked.code));
    undo.change(pretty(asked.value.content));
    setTab(then);
  };
  const keys = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || !edits) return;
    const key = event.key.toLowerCase();
    if (key === 'z') {
      event.preventDefault();
      if (event.shiftKey) undo.redo();
      else undo.undo();
    } else if (key === 'y') {
      event.preventDefault();
      undo.redo();
    } else if (key === 's') {
      event.preventDefault();
      void act('draft', { revision, content: undo.text }, say('saved'));
    }
  };
  // Whoever approves sees what is proposed, on paper, before deciding.
  const [waiting] = edits ? [] : setting.versions.filter(({ state }) => state === 'proposed');
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each proposal that waits
  useEffect(() => {
    if (waiting !== undefined) void load(waiting.version, 'versions');
  }, [waiting?.version]);
  const own = isForm ? ownFormOf(undo.text) : undefined;
  const certification = isForm ? undefined : certificationOf(undo.text);
  const toLine = (line: number) => {
    setTab('whole-form');
    requestAnimationFrame(() => goToLine(line));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts for keys that the buttons offer as well
    <div className="desk" onKeyDown={keys}>
      <div className="head bar-row">
        {isForm ? <a href="#/forms">← {say('back')}</a> : null}
        <h1>{title}</h1>
        <span className="tag" data-tone="calm">
          {say('holds-now')}：
          {setting.holds.version === 0
            ? say(isForm ? 'house-form' : 'from-configuration')
            : say('version-n', { n: setting.holds.version })}
        </span>
        {setting.draft === null ? null : (
          <span className="soft">
            {say('draft-by', { name: setting.draft.by.name })}　{timeWords(setting.draft.at, say)}
          </span>
        )}
        <span className="grow" />
        {edits ? (
          <>
            <button type="button" disabled={!undo.canUndo} onClick={undo.undo}>
              {say('undo')}
            </button>
            <button type="button" disabled={!undo.canRedo} onClick={undo.redo}>
              {say('redo')}
            </button>
            {revision > 0 ? (
              <button
                type="button"
                onClick={() => {
                  undo.begin(pretty(setting.holds.content));
                  void act('drop-draft', { revision }, say('dropped'));
                }}
              >
                {say('drop-draft')}
              </button>
            ) : null}
            <button type="button" onClick={() => void act('draft', { revision, content: undo.text }, say('saved'))}>
              {say('save-draft')}
            </button>
            <button
              type="button"
              className="primary"
              disabled={drawn.faults.length > 0}
              onClick={() => setProposing(true)}
            >
              {say('propose')}
            </button>
          </>
        ) : null}
      </div>
      {said === undefined ? null : (
        <p className="notice" data-tone="good" role="status">
          {said}
        </p>
      )}
      {failed === undefined ? null : (
        <p className="notice" data-tone="bad" role="alert">
          {failed}
        </p>
      )}
      {refused.length === 0 ? null : (
        <ul className="notice" data-tone="bad" role="alert">
          {refused.map((it) => (
            <li key={it.what}>
              <button type="button" className="link" onClick={() => toLine(it.line)}>
                {say('line-n', { n: it.line })}
              </button>{' '}
              {it.what}
            </li>
          ))}
        </ul>
      )}
      {proposing ? (
        <Propose
          setting={setting}
          say={say}
          onCancel={() => setProposing(false)}
          onPropose={(given) => void act('propose', { revision, content: undo.text, ...given }, say('proposed'))}
        />
      ) : null}
      <div className="halves">
        <section className="editor">
          <div role="tablist" aria-label={title} className="tabs">
            {tabs.map((it) => (
              <button
                key={it}
                type="button"
                role="tab"
                id={`tab-${it}`}
                aria-selected={tab === it}
                aria-controls="panel"
                tabIndex={tab === it ? 0 : -1}
                onClick={() => setTab(it)}
                onKeyDown={(event) => {
                  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
                  const next = tabs[(tabs.indexOf(it) + step + tabs.length) % tabs.length];
                  if (step === 0 || next === undefined) return;
                  setTab(next);
                  document.getElementById(`tab-${next}`)?.focus();
                }}
              >
                {say(isForm ? it : it === 'your-words' ? 'certifier' : it === 'whole-form' ? 'raw-data' : it)}
                {it === 'versions' && setting.versions.some(({ state }) => state === 'proposed') ? (
                  <span className="dot" />
                ) : null}
              </button>
            ))}
          </div>
          <div role="tabpanel" id="panel" aria-labelledby={`tab-${tab}`} className="panel">
            {tab === 'your-words' && isForm ? (
              own === undefined ? (
                <p className="empty">{say('broken-json')}</p>
              ) : (
                <WordsEditor
                  own={own}
                  setting={setting}
                  readOnly={!edits}
                  say={say}
                  onSettle={undo.settle}
                  onChange={(it, tag) => undo.change(pretty(it), tag)}
                />
              )
            ) : null}
            {tab === 'your-words' && !isForm ? (
              certification === undefined ? (
                <p className="empty">{say('broken-json')}</p>
              ) : (
                <CertificationEditor
                  given={certification}
                  readOnly={!edits}
                  say={say}
                  onSettle={undo.settle}
                  onChange={(it, tag) => undo.change(pretty(it), tag)}
                />
              )
            ) : null}
            {tab === 'whole-form' ? (
              <>
                {isForm && own !== undefined && edits ? (
                  <div className="layout-choice">
                    {own.form === undefined ? <p className="soft">{say('own-layout.lead')}</p> : null}
                    {own.form === undefined ? (
                      <button type="button" onClick={() => undo.change(pretty({ ...own, form: setting.house }))}>
                        {say('own-layout')}
                      </button>
                    ) : (
                      <button
                        type="button"
                        onClick={() => {
                          const { form: _, ...rest } = own;
                          undo.change(pretty(rest));
                        }}
                      >
                        {say('standard-layout')}
                      </button>
                    )}
                  </div>
                ) : null}
                <JsonEditor
                  text={undo.text}
                  faults={drawn.faults}
                  label={say('whole-form')}
                  readOnly={!edits}
                  onChange={(text) => undo.change(text, 'json')}
                />
              </>
            ) : null}
            {tab === 'changes' ? <Changes setting={setting} text={undo.text} say={say} /> : null}
            {tab === 'versions' ? (
              <Versions
                setting={setting}
                subject={who.subject}
                approves={roles.includes('form-approver')}
                edits={edits}
                onDecide={decide}
                onLoad={(version) => void load(version)}
                say={say}
              />
            ) : null}
          </div>
        </section>
        <PreviewPane drawn={drawn} setting={setting} sampleId={sampleId} onSample={setSampleId} say={say} />
      </div>
    </div>
  );
}
