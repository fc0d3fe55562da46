/** The machine in the shop: its touch panel, and under it everything that hands reach. */
import { type CSSProperties, useLayoutEffect, useRef, useState } from 'react';
import { Faults } from './faults.tsx';
import { MoneyBay } from './money-bay.tsx';
import type { PanelSize } from './panel-size.ts';
import { ReaderBay } from './reader-bay.tsx';
import { useWords } from './texts.ts';
import { TrayBay } from './tray-bay.tsx';
import type { Act, BenchState } from './world.ts';

type MachineProps = {
  readonly kioskUrl: string;
  readonly size: PanelSize;
  readonly world: BenchState | undefined;
  readonly act: Act;
};

export function Machine({ kioskUrl, size, world, act }: MachineProps) {
  return (
    <section className="machine">
      <Screen kioskUrl={kioskUrl} size={size} world={world} />
      <div className="deck">
        <ReaderBay cards={world?.cards ?? []} act={act} />
        <MoneyBay money={world?.money} act={act} />
        <TrayBay kioskUrl={kioskUrl} tray={world?.printer.tray ?? []} address={world?.address} act={act} />
        <Faults world={world} act={act} />
      </div>
    </section>
  );
}

/** How much smaller the panel is drawn than it is, so that it fits the room it has. */
function useScale(size: PanelSize) {
  const room = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(0);
  useLayoutEffect(() => {
    const element = room.current;
    if (element === null) return;
    const measure = () => setScale(Math.min(1, element.clientWidth / size.width, element.clientHeight / size.height));
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    measure();
    return () => watch.disconnect();
  }, [size]);
  return { room, scale };
}

function Screen({ kioskUrl, size, world }: Omit<MachineProps, 'act'>) {
  const words = useWords();
  const { room, scale } = useScale(size);
  const power = world?.power === 'on';
  const style = {
    '--panel-width': `${size.width * scale}px`,
    '--panel-height': `${size.height * scale}px`,
  } as CSSProperties;
  return (
    <div className="room" ref={room}>
      <div className="bezel" style={style}>
        <div className="glass">
          <iframe
            title={words('screen')}
            src={`${kioskUrl}/`}
            width={size.width}
            height={size.height}
            style={{ transform: `scale(${scale})` }}
          />
          {!power && (
            <div className="dark" role="status">
              <strong>{words(world === undefined ? 'kiosk.away' : 'power.off')}</strong>
              <span>{words(world === undefined ? 'kiosk.away.line' : 'power.off.line')}</span>
            </div>
          )}
        </div>
        <span className="lamp" data-on={power || undefined} />
      </div>
    </div>
  );
}
