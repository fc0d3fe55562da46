import type { Verdict } from '@dokodemo/proof/verify';
import { useSay } from '../words/words.tsx';
import { kindText } from './kind-text.ts';

export function Facts({ facts }: { readonly facts: NonNullable<Verdict['facts']> }) {
  const say = useSay();
  const { kindId, documentNumber, issuedAt, issuerName, sheet, sheets } = facts;
  return (
    <dl className="facts">
      <div>
        <dt>{say('fact.kind')}</dt>
        <dd>{kindText(kindId, say.language)}</dd>
      </div>
      <div>
        <dt>{say('fact.issuer')}</dt>
        <dd lang="ja">{issuerName}</dd>
      </div>
      <div>
        <dt>{say('fact.day')}</dt>
        <dd>{say.day(issuedAt.slice(0, 10))}</dd>
      </div>
      <div>
        <dt>{say('fact.number')}</dt>
        <dd className="number">{documentNumber}</dd>
      </div>
      {sheets > 1 && (
        <div>
          <dt>{say('fact.sheet')}</dt>
          <dd>{say('fact.sheet.of', { sheet, sheets })}</dd>
        </div>
      )}
    </dl>
  );
}
