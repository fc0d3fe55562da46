/** JSON with line numbers; faults stand at their lines. */
import { useRef } from 'react';
import type { Fault } from '../api.ts';

export function JsonEditor({
  text,
  faults,
  label,
  readOnly,
  onChange,
}: {
  readonly text: string;
  readonly faults: readonly Fault[];
  readonly label: string;
  readonly readOnly: boolean;
  readonly onChange: (text: string) => void;
}) {
  const gutter = useRef<HTMLDivElement>(null);
  const lines = text.split('\n').length;
  const wrong = new Map(faults.map((it) => [it.line, it.what]));
  return (
    <div className="json">
      <div className="gutter" ref={gutter} aria-hidden="true">
        {Array.from({ length: lines }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
          <span key={i} data-wrong={wrong.has(i + 1) || undefined} title={wrong.get(i + 1)}>
            {i + 1}
          </span>
        ))}
      </div>
      <textarea
        id="json"
        aria-label={label}
        aria-invalid={faults.length > 0}
        readOnly={readOnly}
        value={text}
        spellCheck={false}
        wrap="off"
        maxLength={400_000}
        onChange={(event) => onChange(event.target.value)}
        onScroll={(event) => {
          if (gutter.current !== null) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
    </div>
  );
}

/** Puts the caret at a line of the editor, in view. */
export function goToLine(line: number): void {
  const area = document.getElementById('json');
  if (!(area instanceof HTMLTextAreaElement)) return;
  const before =
    area.value
      .split('\n')
      .slice(0, line - 1)
      .join('\n').length + (line > 1 ? 1 : 0);
  area.focus();
  area.setSelectionRange(before, before + (area.value.split('\n')[line - 1]?.length ?? 0));
  area.scrollTop = Math.max(0, (line - 6) * 20);
}
