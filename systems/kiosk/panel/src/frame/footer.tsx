import { type IconName, Key } from '@dokodemo/web-ui';
import type { PanelTouch } from '../../../src/panel-contract.ts';
import type { Tool, Tools } from '../tools.tsx';
import { useWords } from '../words/words.tsx';

const toolKeys = [
  ['large', 'larger-text', 'kiosk.tool.large'],
  ['contrast', 'contrast', 'kiosk.tool.contrast'],
] as const satisfies readonly (readonly [Tool, IconName, string])[];

/** 戻る and やめる at the left, tools at the right, on every screen in the same place. */
export function Footer(props: {
  readonly back: boolean;
  readonly stop: boolean;
  readonly busy: boolean;
  readonly tools: Tools;
  readonly touch: (touch: PanelTouch) => void;
  readonly chooseVoice: () => void;
  readonly chooseLanguage: (() => void) | undefined;
}) {
  const { say } = useWords();
  const { back, stop, busy, tools, touch, chooseVoice, chooseLanguage } = props;
  return (
    <footer className="footer">
      <div className="ways">
        {back ? (
          <Key icon="back" data-way="back" disabled={busy} onClick={() => touch({ kind: 'back' })}>
            {say('kiosk.back')}
          </Key>
        ) : null}
        {stop ? (
          <Key icon="close" tone="danger" data-way="stop" onClick={() => touch({ kind: 'stop' })}>
            {say('kiosk.stop')}
          </Key>
        ) : null}
      </div>
      <fieldset className="tools" aria-label={say('kiosk.tools')}>
        {toolKeys.map(([tool, icon, text]) => (
          <Key
            key={tool}
            tone="quiet"
            icon={icon}
            iconAt="top"
            aria-pressed={tools[tool]}
            onClick={() => tools.toggle(tool)}
          >
            {say(text)}
          </Key>
        ))}
        <Key
          tone="quiet"
          icon="voice"
          iconAt="top"
          aria-haspopup="dialog"
          data-on={tools.hearing === 'off' ? undefined : ''}
          onClick={chooseVoice}
        >
          {say('kiosk.tool.voice')}
        </Key>
        {chooseLanguage === undefined ? null : (
          <Key tone="quiet" icon="globe" iconAt="top" aria-haspopup="dialog" disabled={busy} onClick={chooseLanguage}>
            {say('kiosk.tool.language')}
          </Key>
        )}
      </fieldset>
    </footer>
  );
}
