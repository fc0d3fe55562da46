import { useContext } from 'react';
import { carry } from './dragging.ts';
import { Language, useWords } from './texts.ts';
import type { Act, BenchState, Settings } from './world.ts';

type Card = BenchState['cards'][number];

export function Wallet({
  cards,
  english,
  act,
}: {
  readonly cards: readonly Card[];
  readonly english: Settings['cards'];
  readonly act: Act;
}) {
  const words = useWords();
  const language = useContext(Language);
  const noteOf = (card: Card) =>
    language === 'en' ? (english.find(({ key }) => key === card.cardId)?.noteInEnglish ?? card.note) : card.note;
  return (
    <section className="corner wallet">
      <h2>
        {words('wallet')} <small>{words('wallet.count', { count: cards.length })}</small>
        <small>{words('wallet.help')}</small>
      </h2>
      {cards.length === 0 && <p className="empty">{words('wallet.empty')}</p>}
      <ul>
        {cards.map((card) => (
          <li key={card.cardId}>
            <WalletCard card={card} note={noteOf(card)} act={act} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function WalletCard({ card, note, act }: { readonly card: Card; readonly note: string; readonly act: Act }) {
  const words = useWords();
  const { cardId, label, pin, secondPin, onReader } = card;
  return (
    <button
      type="button"
      className="card"
      data-out={onReader || undefined}
      draggable={!onReader}
      aria-label={`${words(onReader ? 'card.take' : 'card.put', { name: label })}. ${note}`}
      onDragStart={(event) => carry(event, { kind: 'card', act: { act: 'put-card', cardId } })}
      onClick={() => act(onReader ? { act: 'take-card' } : { act: 'put-card', cardId })}
    >
      <span className="card-name">{label}</span>
      <span className="chip" />
      <span className="card-note">{note}</span>
      <span className="card-foot">
        {onReader ? (
          words('card.on-reader')
        ) : (
          <>
            <span>{cardId}</span>
            <span>
              <span className="when-wide">{words('card.pin')} </span>
              {pin}
              {secondPin === undefined ? null : ` / ${secondPin}`}
            </span>
          </>
        )}
      </span>
    </button>
  );
}
