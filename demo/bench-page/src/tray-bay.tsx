/** Where paper comes out. Each sheet is the PDF that the printer was given, to be opened and read. */
import { useEffect, useRef, useState } from 'react';
import { useWords } from './texts.ts';
import type { Act, BenchState } from './world.ts';

type Sheet = BenchState['printer']['tray'][number];

/** So many sheets lie visibly beside each other; below them the pile. */
const shownSheets = 5;

/** "482013-… 2/3" → which number the document has, and which of its sheets this is. */
function partsOf(name: string): { readonly number: string; readonly place: string } {
  const found = /^(.*?)\s*(\d+\/\d+)$/.exec(name);
  return { number: found?.[1] ?? name, place: found?.[2] ?? '' };
}

export function TrayBay({
  kioskUrl,
  tray,
  address,
  act,
}: {
  readonly kioskUrl: string;
  readonly tray: readonly Sheet[];
  /** Of a file that waits for a telephone: this page stands in for one. */
  readonly address: string | undefined;
  readonly act: Act;
}) {
  const words = useWords();
  const [open, setOpen] = useState<Sheet>();
  const urlOf = ({ sheetId }: Sheet) => `${kioskUrl}/bench/sheets/${sheetId}.pdf`;
  return (
    <section className="bay tray" data-used={tray.length > 0 || undefined}>
      <header>
        <h3>
          {words('tray')} {tray.length > 0 && <small>{words('tray.sheets', { count: tray.length })}</small>}
        </h3>
        {tray.length > 0 && (
          <button type="button" className="small" onClick={() => act({ act: 'take-paper' })}>
            {words('tray.take')}
          </button>
        )}
      </header>
      {address === undefined ? null : (
        <a className="telephone" href={address} target="_blank" rel="noreferrer">
          {words('tray.telephone')}
        </a>
      )}
      {tray.length === 0 && address !== undefined ? null : tray.length === 0 ? (
        <p className="pad">
          <svg viewBox="0 0 64 48" aria-hidden="true">
            <path d="M12 18h40M18 18V8h28v10M18 18v22h28V18" />
            <path d="M24 26h16M24 32h10" />
          </svg>
          {words('tray.empty')}
        </p>
      ) : (
        <ul className="sheets">
          {tray.slice(-shownSheets).map((sheet) => (
            <li key={sheet.sheetId}>
              <button
                type="button"
                className="paper"
                aria-label={words('tray.open', { name: sheet.name })}
                onClick={() => setOpen(sheet)}
              >
                <PaperFace sheet={sheet} url={urlOf(sheet)} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {open !== undefined && <Viewer sheet={open} url={urlOf(open)} onClose={() => setOpen(undefined)} />}
    </section>
  );
}

/** The sheet itself, small, where the browser can draw a PDF; else a drawing of one. */
function PaperFace({ sheet, url }: { readonly sheet: Sheet; readonly url: string }) {
  return (
    <>
      {navigator.pdfViewerEnabled ? (
        <iframe
          className="paper-face"
          title={sheet.name}
          src={`${url}#toolbar=0&navpanes=0&scrollbar=0&view=Fit`}
          tabIndex={-1}
          aria-hidden="true"
        />
      ) : (
        <>
          <span className="paper-mark">見本</span>
          <span className="paper-lines" />
        </>
      )}
      <span className="paper-place">{partsOf(sheet.name).place}</span>
    </>
  );
}

function Viewer({
  sheet,
  url,
  onClose,
}: {
  readonly sheet: Sheet;
  readonly url: string;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog className="viewer" ref={dialog} onClose={onClose} aria-label={sheet.name}>
      <header>
        <h3>{partsOf(sheet.name).number}</h3>
        <span>{partsOf(sheet.name).place}</span>
        <a href={url} target="_blank" rel="noreferrer">
          {words('viewer.own-window')}
        </a>
        <button type="button" className="small" onClick={() => dialog.current?.close()}>
          {words('viewer.close')}
        </button>
      </header>
      <iframe title={sheet.name} src={`${url}#toolbar=0&navpanes=0&view=FitH`} />
    </dialog>
  );
}
