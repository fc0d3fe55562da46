/** The claim in the first row, and below it everybody who stands in family registers of that 本籍, field under field. */
import { type BesideRegister, type ComparedField, comparedFields, type FoundInRegister } from '../api.ts';
import type { Say } from '../words.ts';
import { differingPart } from './differing-part.ts';

function Cell({
  field,
  found,
  claim,
  say,
}: {
  readonly field: ComparedField;
  readonly found: FoundInRegister;
  readonly claim: BesideRegister['claim'];
  readonly say: Say;
}) {
  const likeness = found.likeness[field];
  if (likeness === 'same') {
    return (
      <td data-likeness="same">
        {found[field]}
        <span className="likeness" aria-hidden="true">
          ✓
        </span>
        <span className="unseen">（{say('same')}）</span>
      </td>
    );
  }
  const [before, differing, after] = differingPart(found[field], claim[field]);
  return (
    <td data-likeness={likeness}>
      {before}
      <mark>{differing}</mark>
      {after}
      <span className="likeness">{say(likeness)}</span>
    </td>
  );
}

export function BesideTable({
  beside: { claim, candidates },
  chosen,
  onChoose,
  say,
}: {
  readonly beside: BesideRegister;
  readonly chosen: string | undefined;
  readonly onChoose: (addresseeNumber: string) => void;
  readonly say: Say;
}) {
  return (
    <table className="beside">
      <thead>
        <tr>
          <td />
          {comparedFields.map((field) => (
            <th scope="col" key={field}>
              {say(`compared.${field}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr className="claim">
          <th scope="row">{say('claim')}</th>
          {comparedFields.map((field) => (
            <td key={field}>{claim[field]}</td>
          ))}
        </tr>
        {candidates.map((found) => {
          const { addresseeNumber, familyRegisterId, removed, differing } = found;
          const id = `person-${familyRegisterId}-${addresseeNumber}`;
          return (
            <tr key={id} data-removed={removed || undefined} data-chosen={chosen === addresseeNumber || undefined}>
              <th scope="row">
                {removed ? (
                  <span className="tag" data-tone="grey">
                    {say('removed-from-register')}
                  </span>
                ) : (
                  <label className="check">
                    <input
                      type="radio"
                      name="person"
                      value={addresseeNumber}
                      checked={chosen === addresseeNumber}
                      onChange={() => onChoose(addresseeNumber)}
                    />
                    {say('this-person')}
                    <span className="unseen">
                      {found.name}、{differing === 0 ? say('all-same') : say('differing-n', { count: differing })}
                    </span>
                  </label>
                )}
              </th>
              {comparedFields.map((field) => (
                <Cell key={field} field={field} found={found} claim={claim} say={say} />
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
