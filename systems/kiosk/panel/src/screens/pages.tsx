/** A list in pages that fit: nobody has to find out how to scroll on a kiosk. */
import { Key } from '@dokodemo/web-ui';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useGlass } from '../device/use-glass.ts';
import { useWords } from '../words/words.tsx';

export function Pages<Item>(props: {
  readonly items: readonly Item[];
  /** Never more on a page than this, also where more would fit. */
  readonly most: number;
  /** What does not fit leaves the page in steps of this: a whole row. */
  readonly columns?: number;
  readonly className: string;
  readonly draw: (item: Item, index: number) => ReactNode;
  /** What stands at the lower right: the key that leads on. */
  readonly action?: ReactNode;
}) {
  const { items, most, columns = 1, draw, action } = props;
  const { say, language } = useWords();
  const glass = useGlass();
  const list = useRef<HTMLUListElement>(null);
  const measured = `${language} ${glass} ${items.length} ${columns}`;
  const [fit, setFit] = useState({ measured, perPage: most });
  const [page, setPage] = useState(0);
  const perPage = fit.measured === measured ? fit.perPage : most;
  const pages = Math.max(1, Math.ceil(items.length / perPage));
  const shown = Math.min(page, pages - 1);

  useLayoutEffect(() => {
    const place = list.current;
    if (place === null || perPage <= columns) return;
    const shownItems = Math.min(perPage, items.length - shown * perPage);
    if (place.scrollHeight <= place.clientHeight + 1) return;
    const wholeRows = Math.ceil(shownItems / columns) * columns;
    setFit({ measured, perPage: Math.max(columns, wholeRows - columns) });
  });

  return (
    <>
      <ul ref={list} className={`pages ${props.className}`} data-columns={columns}>
        {items.slice(shown * perPage, (shown + 1) * perPage).map((item, i) => draw(item, shown * perPage + i))}
      </ul>
      {pages > 1 || action !== undefined ? (
        <div className="actions">
          {pages > 1 ? (
            <div className="pager">
              <Key icon="back" tone="quiet" disabled={shown === 0} onClick={() => setPage(shown - 1)}>
                {say('kiosk.choose.previous-page')}
              </Key>
              <p aria-live="polite">{say('kiosk.choose.page', { page: shown + 1, pages })}</p>
              <Key
                icon="forward"
                iconAt="end"
                tone="quiet"
                disabled={shown === pages - 1}
                onClick={() => setPage(shown + 1)}
              >
                {say('kiosk.choose.next-page')}
              </Key>
            </div>
          ) : null}
          <div className="action">{action}</div>
        </div>
      ) : null}
    </>
  );
}
