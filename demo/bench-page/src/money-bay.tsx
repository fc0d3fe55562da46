import { useDropPlace } from './dragging.ts';
import { useWords } from './texts.ts';
import type { Act, BenchState } from './world.ts';

const none: BenchState['money'] = { insertedYen: 0, returnedYen: 0, changeYen: 0, vaultYen: 0, slotsOpen: false };

export function MoneyBay({
  money = none,
  act,
}: {
  readonly money: BenchState['money'] | undefined;
  readonly act: Act;
}) {
  const words = useWords();
  const { over, props } = useDropPlace('money', act);
  const back = money.changeYen + money.returnedYen;
  return (
    <section className="bay money" data-over={over || undefined} data-open={money.slotsOpen || undefined} {...props}>
      <h3>
        {words('slot')} <small>{words(money.slotsOpen ? 'slot.open' : 'slot.shut')}</small>
      </h3>
      <p className="slot">
        <span className="mouth" />
        <span className="count">
          <small>{words('slot.inserted')}</small> {words('yen', { yen: money.insertedYen })}
        </span>
      </p>
      <div className="cup" data-full={back > 0 || undefined}>
        {back === 0 ? (
          <span className="empty">{words('slot.nothing')}</span>
        ) : (
          <>
            <span>
              {money.changeYen > 0 && (
                <>
                  {words('slot.change')} <b>{words('yen', { yen: money.changeYen })}</b>{' '}
                </>
              )}
              {money.returnedYen > 0 && (
                <>
                  {words('slot.returned')} <b>{words('yen', { yen: money.returnedYen })}</b>
                </>
              )}
            </span>
            <button type="button" className="small" onClick={() => act({ act: 'take-returned-money' })}>
              {words('slot.take')}
            </button>
          </>
        )}
      </div>
      <p className="vault">
        {words('slot.vault')} {words('yen', { yen: money.vaultYen })}
      </p>
    </section>
  );
}
