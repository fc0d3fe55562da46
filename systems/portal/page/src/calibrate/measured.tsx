import { type Calibration, groundsLine, type ProfileResult } from '@dokodemo/proof/verify';
import { useState } from 'react';
import { Drawing } from '../drawings.tsx';
import { Picture } from '../result/compare.tsx';
import { type CalibrateWord, useCalibrateWords } from '../words/calibrate/index.ts';
import { Chart, lightnessText } from './chart.tsx';

type Readable = Extract<Calibration, { readable: true }>;

const tones = { fits: 'holds', 'fits-on-paper': 'unproven', 'none-hides-on-paper': 'false', 'none-shows-on-copies': 'false' } as const; // biome-ignore format: one line
const letters = 'ABCDEFGH';

export function Measured({ calibration, onAgain }: { readonly calibration: Readable; readonly onAgain: () => void }) {
  const say = useCalibrateWords();
  const { profiles, verdict, copies } = calibration;
  const tone = tones[verdict.code];
  const letter = letters[profiles.findIndex(({ profile }) => profile === verdict.profile)] ?? '';
  return (
    <>
      <div className="summary" data-tone={tone} role="status">
        <Drawing name={tone} />
        <h2>{say(verdict.code, { profile: `${letter} ${verdict.profile ?? ''}`.trim() })}</h2>
      </div>
      {verdict.profile === undefined ? null : <ConfigurationLine profile={verdict.profile} />}
      <Chart profiles={profiles} copies={copies.length} chosen={verdict.profile} />
      <h2>{say('fields.title')}</h2>
      <p>{say('fields.line')}</p>
      <ul className="fields">
        {profiles.map((it, i) => (
          <Field key={it.profile} letter={letters[i] ?? ''} of={it} isChosen={it.profile === verdict.profile} />
        ))}
      </ul>
      <button type="button" className="button" onClick={onAgain}>
        {say('again')}
      </button>
    </>
  );
}

function ConfigurationLine({ profile }: { readonly profile: string }) {
  const say = useCalibrateWords();
  const [terminal, setTerminal] = useState('KIOSK-0012');
  const known = terminal.toUpperCase().replaceAll(/[^A-Z0-9-]/g, '');
  return (
    <section className="configuration" aria-labelledby="configuration">
      <h2 id="configuration">{say('line.title')}</h2>
      <label>
        <span>{say('line.terminal')}</span>
        <input
          value={terminal}
          onChange={({ target }) => setTerminal(target.value)}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          maxLength={32}
        />
      </label>
      <pre>{groundsLine(profile, known)}</pre>
    </section>
  );
}

type FieldProps = { readonly letter: string; readonly of: ProfileResult; readonly isChosen: boolean };

function Field({ letter, of, isChosen }: FieldProps) {
  const say = useCalibrateWords();
  const { profile, paper, copies, fit } = of;
  const answer = fit === 'suits' ? 'holds' : 'false';
  const readings = [paper, ...copies];
  return (
    <li className="field" data-answer={answer} data-chosen={isChosen || undefined}>
      <h3>
        <b>{letter}</b> {profile}
        {isChosen && <span className="chosen">{say('chosen')}</span>}
      </h3>
      <p className="for">{say(`profile.${profile}` as CalibrateWord)}</p>
      <div className="cuts">
        {readings.map(({ picture, deltaL }, i) => (
          <figure key={i === 0 ? 'paper' : `copy ${i}`}>
            <Picture image={picture} />
            <figcaption>
              {i === 0 ? say('paper') : say('copy', { number: i })} <b>{lightnessText(deltaL)}</b>
            </figcaption>
          </figure>
        ))}
      </div>
      <p className="fit">
        <Drawing name={answer} />
        {say(fit === 'suits' && copies.length === 0 ? 'suits.paper' : fit)}
      </p>
    </li>
  );
}
