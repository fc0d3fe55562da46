/** Who certifies, with which seal. */
import type { Say } from '../words.ts';

export type Certification = {
  readonly capacity: 'mayor' | 'deputy';
  readonly title: string;
  readonly name: string;
  readonly seal: {
    readonly sealId: string;
    readonly widthMm: number;
    readonly impression: { readonly specimen: string } | { readonly bitmap: string };
  };
};

export function certificationOf(text: string): Certification | undefined {
  try {
    const read = JSON.parse(text) as Certification;
    return typeof read.seal?.impression === 'object' ? read : undefined;
  } catch {
    return undefined;
  }
}

/** Black where an image is darker than the middle, as a portable bitmap (P4). */
async function bitmapOf(file: File): Promise<string> {
  const image = await createImageBitmap(file);
  const { width, height } = image;
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('no canvas');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, width, height);
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, width, height);
  const stride = Math.ceil(width / 8);
  const bits = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      const isDark = (data[at] ?? 255) * 0.3 + (data[at + 1] ?? 255) * 0.59 + (data[at + 2] ?? 255) * 0.11 < 128;
      const place = y * stride + (x >> 3);
      if (isDark) bits[place] = (bits[place] ?? 0) | (0x80 >> (x & 7));
    }
  }
  const head = new TextEncoder().encode(`P4\n${width} ${height}\n`);
  let text = '';
  for (const byte of [...head, ...bits]) text += String.fromCharCode(byte);
  return btoa(text);
}

export function CertificationEditor({
  given,
  readOnly,
  onChange,
  onSettle,
  say,
}: {
  readonly given: Certification;
  readonly readOnly: boolean;
  readonly onChange: (given: Certification, tag: string) => void;
  readonly onSettle: () => void;
  readonly say: Say;
}) {
  const { seal } = given;
  const setSeal = (change: Partial<Certification['seal']>, tag: string) =>
    onChange({ ...given, seal: { ...seal, ...change } }, tag);
  const line = (id: string, label: string, value: string, set: (value: string) => void, maxLength: number) => (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        value={value}
        maxLength={maxLength}
        readOnly={readOnly}
        onBlur={onSettle}
        onChange={(event) => set(event.target.value)}
      />
    </div>
  );
  return (
    <div className="fields">
      <fieldset>
        <legend>{say('capacity')}</legend>
        <div className="checks">
          {(['mayor', 'deputy'] as const).map((it) => (
            <label key={it} className="check">
              <input
                type="radio"
                name="capacity"
                disabled={readOnly}
                checked={given.capacity === it}
                onChange={() => onChange({ ...given, capacity: it }, '')}
              />
              {say(it)}
            </label>
          ))}
        </div>
      </fieldset>
      {line('title', say('title'), given.title, (title) => onChange({ ...given, title }, 'title'), 40)}
      {line('name', say('name'), given.name, (name) => onChange({ ...given, name }, 'name'), 40)}
      <h2>{say('seal')}</h2>
      {line('seal-id', say('seal-id'), seal.sealId, (sealId) => setSeal({ sealId }, 'seal-id'), 40)}
      <div className="field">
        <label htmlFor="seal-width">{say('seal-width')}</label>
        <input
          id="seal-width"
          type="number"
          min={8}
          max={25}
          step={0.5}
          readOnly={readOnly}
          value={seal.widthMm}
          onBlur={onSettle}
          onChange={(event) => setSeal({ widthMm: event.target.valueAsNumber || 0 }, 'seal-width')}
        />
      </div>
      {'specimen' in seal.impression ? (
        line(
          'seal-legend',
          say('seal-legend'),
          seal.impression.specimen,
          (specimen) => setSeal({ impression: { specimen } }, 'legend'),
          16,
        )
      ) : (
        <p className="soft">{say('seal-image.given')}</p>
      )}
      {readOnly ? null : (
        <div className="field">
          <label htmlFor="seal-image">{say('seal-image')}</label>
          <input
            id="seal-image"
            type="file"
            accept="image/png,image/bmp,image/tiff"
            onChange={async (event) => {
              const file = event.target.files?.[0];
              if (file !== undefined) setSeal({ impression: { bitmap: await bitmapOf(file) } }, '');
            }}
          />
        </div>
      )}
    </div>
  );
}
