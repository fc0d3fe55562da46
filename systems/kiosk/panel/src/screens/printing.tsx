import type { TextId } from '@dokodemo/domain';
import { Icon } from '@dokodemo/web-ui';
import type { LocalScreen } from '../../../src/panel-contract.ts';
import { Heading } from '../frame/heading.tsx';
import { SoundNote } from '../frame/sound-note.tsx';
import { PrinterPicture } from '../illustrations/printer-picture.tsx';
import { useWords } from '../words/words.tsx';
import type { ScreenProps } from './screen-props.ts';

type Trouble = NonNullable<Extract<LocalScreen, { kind: 'printing' }>['trouble']>;

const troubles: Readonly<Record<Trouble, TextId>> = {
  jam: 'kiosk.trouble.jam',
  'media-empty': 'kiosk.trouble.media-empty',
  'door-open': 'kiosk.trouble.door-open',
  offline: 'kiosk.trouble.offline',
  stopped: 'kiosk.trouble.other',
  other: 'kiosk.trouble.other',
};

/** More little sheets than this are a bar. */
const mostLittleSheets = 12;

function Sheets({ printed, sheets }: { readonly printed: number; readonly sheets: number }) {
  const { say } = useWords();
  if (sheets > mostLittleSheets) {
    return (
      <progress
        className="sheets-bar"
        max={sheets}
        value={printed}
        aria-label={say('kiosk.printing.done', { printed })}
      />
    );
  }
  return (
    <ol className="little-sheets" aria-hidden="true">
      {Array.from({ length: sheets }, (_, sheet) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sheets are their numbers
        <li key={sheet} data-at={sheet < printed ? 'done' : sheet === printed ? 'now' : 'ahead'} />
      ))}
    </ol>
  );
}

/** 印刷: sheet n of N, by the printer's word alone. */
export function Printing({ screen }: ScreenProps<'printing'>) {
  const { printed, sheets, trouble } = screen;
  return (
    <div className="split printing">
      {trouble === undefined ? <PrintingHeading /> : <TroubleHeading trouble={trouble} />}
      <div className="body">
        <SheetCount printed={printed} sheets={sheets} />
        <Sheets printed={printed} sheets={sheets} />
        {trouble === undefined ? null : <SoundNote />}
      </div>
      <PrinterPicture doing={trouble === undefined ? 'printing' : 'stopped'} />
    </div>
  );
}

function PrintingHeading() {
  const { say } = useWords();
  return <Heading title={say('kiosk.printing.title')} help={say('kiosk.printing.wait')} />;
}

/** Staff are called; nothing is lost. */
function TroubleHeading({ trouble }: { readonly trouble: Trouble }) {
  const { say } = useWords();
  return (
    <Heading
      title={say('kiosk.trouble.title')}
      help={`${say('kiosk.trouble.nothing-lost')} ${say('kiosk.trouble.stay')}`}
      icon="bell"
      tone="alert"
    >
      <p className="message" role="alert">
        <Icon name="alert" />
        {say(troubles[trouble])}
      </p>
    </Heading>
  );
}

function SheetCount({ printed, sheets }: { readonly printed: number; readonly sheets: number }) {
  const { say } = useWords();
  return (
    <div className="sheet-count" role="status">
      <p className="figure">{say('kiosk.printing.sheet', { sheet: Math.min(printed + 1, sheets) })}</p>
      <p>{say('kiosk.printing.of', { sheets })}</p>
    </div>
  );
}
