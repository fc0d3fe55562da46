/** The municipality's own words, notice and what it leaves out, without a look at JSON. */
import type { Setting } from '../api.ts';
import type { Say } from '../words.ts';

export type OwnForm = {
  readonly texts: Readonly<Record<string, string>>;
  readonly leftOut: readonly string[];
  readonly note?: string;
  readonly form?: { readonly texts?: Readonly<Record<string, string>> };
};

export function ownFormOf(text: string): OwnForm | undefined {
  try {
    const read = JSON.parse(text) as OwnForm;
    return typeof read.texts === 'object' && Array.isArray(read.leftOut) ? read : undefined;
  } catch {
    return undefined;
  }
}

export const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

const firstWords = (name: string) => (name.startsWith('certify') ? 0 : 1);

export function WordsEditor({
  own,
  setting,
  readOnly,
  onChange,
  onSettle,
  say,
}: {
  readonly own: OwnForm;
  readonly setting: Setting;
  readonly readOnly: boolean;
  readonly onChange: (own: OwnForm, tag: string) => void;
  readonly onSettle: () => void;
  readonly say: Say;
}) {
  const standard = { ...setting.house?.texts, ...own.form?.texts };
  const names = Object.keys(standard)
    .filter((it) => it !== 'specimen')
    .toSorted((a, b) => firstWords(a) - firstWords(b));
  const setText = (name: string, text: string) => {
    const { [name]: _, ...others } = own.texts;
    onChange(
      { ...own, texts: text === '' || text === standard[name] ? others : { ...others, [name]: text } },
      `text ${name}`,
    );
  };
  const setNote = (note: string) => {
    const { note: _, ...rest } = own;
    onChange(note === '' ? rest : { ...rest, note }, 'note');
  };
  return (
    <div className="fields">
      {names.map((name) => {
        const isFixed = setting.fixedTexts.includes(name);
        const value = own.texts[name] ?? standard[name] ?? '';
        return (
          <div className="field" key={name} data-own={own.texts[name] !== undefined || undefined}>
            <label htmlFor={`text-${name}`}>{say.field(name)}</label>
            {isFixed ? (
              <span className="soft" id={`fixed-${name}`}>
                {say('laid-down-by-law')}
              </span>
            ) : null}
            {own.texts[name] === undefined || readOnly ? null : (
              <button type="button" className="link" onClick={() => setText(name, '')}>
                {say('house-words')}
              </button>
            )}
            <textarea
              id={`text-${name}`}
              rows={value.length > 34 ? 2 : 1}
              maxLength={400}
              readOnly={isFixed || readOnly}
              value={value}
              onBlur={onSettle}
              onChange={(event) => setText(name, event.target.value.replaceAll('\n', ''))}
            />
          </div>
        );
      })}
      <div className="field" data-own={own.note !== undefined || undefined}>
        <label htmlFor="note">{say('note')}</label>
        <textarea
          id="note"
          rows={2}
          maxLength={120}
          readOnly={readOnly}
          value={own.note ?? ''}
          onBlur={onSettle}
          onChange={(event) => setNote(event.target.value.replaceAll('\n', ''))}
        />
      </div>
      <fieldset>
        <legend>{say('left-out')}</legend>
        {setting.leaveOutable.length === 0 ? <p className="soft">{say('left-out.none')}</p> : null}
        <div className="checks">
          {setting.leaveOutable.map((field) => (
            <label key={field} className="check">
              <input
                type="checkbox"
                disabled={readOnly}
                checked={own.leftOut.includes(field)}
                onChange={(event) =>
                  onChange(
                    {
                      ...own,
                      leftOut: event.target.checked
                        ? [...own.leftOut, field]
                        : own.leftOut.filter((it) => it !== field),
                    },
                    '',
                  )
                }
              />
              {say.field(field)}
            </label>
          ))}
        </div>
      </fieldset>
    </div>
  );
}
