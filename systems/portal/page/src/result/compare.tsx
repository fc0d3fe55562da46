import type { Difference, GrayImage } from '@dokodemo/proof/verify';
import { type CSSProperties, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useSay } from '../words/words.tsx';

/** As the verdict's pictures are: pixels to a millimetre. */
const perMm = 6;
const zooms = [1, 1.5, 2, 3, 4.5] as const;
const mostListed = 40;
/** Around a place, so that a frame does not cover what it is about. */
const airMm = 1;

type CompareProps = {
  readonly signed: GrayImage;
  readonly seen: GrayImage;
  readonly differences: readonly Difference[];
};

export function Compare({ signed, seen, differences }: CompareProps) {
  const say = useSay();
  const [isOver, setOver] = useState(false);
  const [share, setShare] = useState(50);
  const [zoom, setZoom] = useState(0);
  const [current, setCurrent] = useState<number>();
  const windows = useRef<HTMLDivElement>(null);
  const places = differences.slice(0, mostListed);
  const go = (to: number) => {
    const next = (to + places.length) % places.length;
    setCurrent(next);
    setZoom((now) => Math.max(now, 2));
  };
  useEffect(() => {
    const place = current === undefined ? undefined : places[current];
    if (place === undefined) return;
    for (const pane of windows.current?.querySelectorAll('.pane') ?? []) showPlace(pane, place, signed);
  }, [current, places, signed]);
  const keys = (event: KeyboardEvent) => {
    if (places.length === 0 || event.target instanceof HTMLInputElement) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    go(current === undefined ? (step > 0 ? 0 : -1) : current + step);
  };
  const pane = { places, current, zoom: zooms[zoom] ?? 1, onScroll: syncFrom(windows) };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys bubble here from the panes and buttons within
    <div className="compare" onKeyDown={keys}>
      <Tools {...{ isOver, setOver, zoom, setZoom, share, setShare }} />
      <div className="panes" ref={windows} data-over={isOver || undefined}>
        {isOver ? (
          <Pane
            label={`${say('compare.signed')} / ${say('compare.seen')}`}
            {...pane}
            images={[signed, seen]}
            share={share}
          />
        ) : (
          <>
            <Pane label={say('compare.signed')} {...pane} images={[signed]} />
            <Pane label={say('compare.seen')} {...pane} images={[seen]} />
          </>
        )}
      </div>
      {places.length > 0 && <Places places={places} current={current} go={go} />}
    </div>
  );
}

/** Two panes show the same part. */
function syncFrom(windows: { readonly current: HTMLElement | null }) {
  return (from: Element) => {
    for (const pane of windows.current?.querySelectorAll('.pane') ?? []) {
      if (pane === from) continue;
      if (Math.abs(pane.scrollTop - from.scrollTop) > 1) pane.scrollTop = from.scrollTop;
      if (Math.abs(pane.scrollLeft - from.scrollLeft) > 1) pane.scrollLeft = from.scrollLeft;
    }
  };
}

function showPlace(pane: Element, { leftMm, topMm, widthMm, heightMm }: Difference, { width, height }: GrayImage) {
  const x = ((leftMm + widthMm / 2) * perMm) / width;
  const y = ((topMm + heightMm / 2) * perMm) / height;
  pane.scrollLeft = x * pane.scrollWidth - pane.clientWidth / 2;
  pane.scrollTop = y * pane.scrollHeight - pane.clientHeight / 2;
}

type ToolsProps = {
  readonly isOver: boolean;
  readonly setOver: (isOver: boolean) => void;
  readonly zoom: number;
  readonly setZoom: (zoom: number) => void;
  readonly share: number;
  readonly setShare: (share: number) => void;
};

function Tools({ isOver, setOver, zoom, setZoom, share, setShare }: ToolsProps) {
  const say = useSay();
  return (
    <div className="tools">
      <div className="segments">
        <button type="button" aria-pressed={!isOver} onClick={() => setOver(false)}>
          {say('compare.side')}
        </button>
        <button type="button" aria-pressed={isOver} onClick={() => setOver(true)}>
          {say('compare.over')}
        </button>
      </div>
      {isOver && (
        <input
          type="range"
          min={0}
          max={100}
          value={share}
          aria-label={say('compare.slider')}
          onChange={({ target }) => setShare(Number(target.value))}
        />
      )}
      <div className="segments">
        <button type="button" disabled={zoom === 0} onClick={() => setZoom(zoom - 1)}>
          − <span className="unseen">{say('compare.smaller')}</span>
        </button>
        <button type="button" disabled={zoom === zooms.length - 1} onClick={() => setZoom(zoom + 1)}>
          ＋ <span className="unseen">{say('compare.larger')}</span>
        </button>
      </div>
    </div>
  );
}

type PaneProps = {
  readonly label: string;
  readonly images: readonly GrayImage[];
  readonly share?: number;
  readonly places: readonly Difference[];
  readonly current: number | undefined;
  readonly zoom: number;
  readonly onScroll: (from: Element) => void;
};

function Pane({ label, images, share = 100, places, current, zoom, onScroll }: PaneProps) {
  const [first] = images;
  if (first === undefined) return null;
  const at = (mm: number, whole: number) => `${((mm * perMm) / whole) * 100}%`;
  return (
    <figure>
      <figcaption>{label}</figcaption>
      <section
        className="pane"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        aria-label={label}
        onScroll={({ currentTarget }) => onScroll(currentTarget)}
      >
        <div className="paper-of-pane" style={{ '--zoom': zoom } as CSSProperties}>
          {images.map((image, i) => (
            <Picture key={image === first ? 'first' : 'second'} image={image} clip={i === 0 ? 0 : share} />
          ))}
          {places.map(({ leftMm, topMm, widthMm, heightMm }, i) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: places never change
              key={i}
              className="place"
              data-current={i === current || undefined}
              style={{
                left: at(leftMm - airMm, first.width),
                top: at(topMm - airMm, first.height),
                width: at(widthMm + 2 * airMm, first.width),
                height: at(heightMm + 2 * airMm, first.height),
              }}
            >
              <b aria-hidden="true">{i + 1}</b>
            </span>
          ))}
        </div>
      </section>
    </figure>
  );
}

/** `clip`: so much of it, from the left in percent, gives way to the picture below. */
export function Picture({ image, clip = 0 }: { readonly image: GrayImage; readonly clip?: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context === null || context === undefined) return;
    const { width, height, pixels } = image;
    const data = new ImageData(width, height);
    const words = new Uint32Array(data.data.buffer);
    for (let i = 0; i < pixels.length; i++) words[i] = 0xff000000 | ((pixels[i] ?? 255) * 0x010101);
    context.putImageData(data, 0, 0);
  }, [image]);
  return (
    <canvas ref={canvas} width={image.width} height={image.height} style={{ clipPath: `inset(0 0 0 ${clip}%)` }} />
  );
}

type PlacesProps = {
  readonly places: readonly Difference[];
  readonly current: number | undefined;
  readonly go: (to: number) => void;
};

function Places({ places, current, go }: PlacesProps) {
  const say = useSay();
  const id = useId();
  return (
    <div className="places">
      <h3 id={id}>{say('compare.places')}</h3>
      <p>{say('compare.hint')}</p>
      <ol aria-labelledby={id}>
        {places.map(({ leftMm, topMm, widthMm, heightMm }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: places never change
          <li key={i}>
            <button type="button" aria-current={i === current ? 'true' : undefined} onClick={() => go(i)}>
              {say('compare.place', {
                left: Math.round(leftMm),
                top: Math.round(topMm),
                width: Math.round(widthMm),
                height: Math.round(heightMm),
              })}
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
