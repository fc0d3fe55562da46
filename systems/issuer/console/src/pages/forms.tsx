import type { SettingRow } from '../api.ts';
import type { PageProps } from '../app.tsx';
import { Failure, Waiting } from '../notices.tsx';
import { useAsked } from '../use-asked.ts';
import { dayWords } from '../words.ts';

export function Forms({ who, municipality, say }: PageProps) {
  const { asked, again } = useAsked<{ settings: readonly SettingRow[] }>(who, `${municipality}/settings`);
  if (asked === undefined) return <Waiting say={say} />;
  if (!asked.ok) return <Failure failed={asked} say={say} again={again} />;
  const rows = asked.value.settings.filter(({ settingId }) => settingId !== 'certification');
  return (
    <>
      <div className="head">
        <h1>{say('forms')}</h1>
        <p>{say('forms.lead')}</p>
      </div>
      <section className="card">
        <table className="roomy">
          <thead>
            <tr>
              <th scope="col">{say('form')}</th>
              <th scope="col">{say('holds-now')}</th>
              <th scope="col">{say('work')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ settingId, holds, proposed, coming, draft }) => (
              <tr key={settingId}>
                <th scope="row">
                  <a href={`#/forms/${settingId}`}>{say.kind(settingId)}</a>
                </th>
                <td>
                  {holds.version === 0 ? (
                    say('house-form')
                  ) : (
                    <>
                      <b>{say('version-n', { n: holds.version })}</b>　
                      {say('since-day', { day: dayWords(holds.from ?? '', say) })}
                    </>
                  )}
                </td>
                <td className="tags">
                  {proposed > 0 ? (
                    <span className="tag" data-tone="warn">
                      {say('waits-for-approval', { count: proposed })}
                    </span>
                  ) : null}
                  {coming === undefined ? null : (
                    <span className="tag" data-tone="calm">
                      {say('comes-on', { day: dayWords(coming, say) })}
                    </span>
                  )}
                  {draft === undefined ? null : (
                    <span className="tag" data-tone="grey">
                      {say('draft-by', { name: draft.by })}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
