import { useWords } from '../words/words.tsx';

/** Large, and in groups, to be copied by hand. */
export function CaseNumber({ number }: { readonly number: string }) {
  const { say } = useWords();
  return (
    <div className="case-number">
      <p>{say('kiosk.case.number')}</p>
      <p className="case-digits">
        {number.split('-').map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups of one number, in order
          <span key={index}>{index === 0 ? group : `-${group}`}</span>
        ))}
      </p>
    </div>
  );
}
