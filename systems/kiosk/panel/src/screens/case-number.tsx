import { useWords } from '../words/words.tsx';

/** To be copied by hand: which machine, and then, large, the two groups that tell this case from every other. */
export function CaseNumber({ number }: { readonly number: string }) {
  const { say } = useWords();
  const groups = number.split('-');
  const machine = groups.slice(0, -2).join('-');
  return (
    <div className="case-number">
      <p>{say('kiosk.case.number')}</p>
      {machine === '' ? null : <p className="case-machine">{machine}-</p>}
      <p className="case-digits">{groups.slice(-2).join('-')}</p>
    </div>
  );
}
