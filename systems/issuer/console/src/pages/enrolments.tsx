/** 利用登録: what waits for a decision. */
import { useEffect, useRef, useState } from 'react';
import type { WaitingEnrolment } from '../api.ts';
import type { PageProps } from '../app.tsx';
import { Failure, Waiting } from '../notices.tsx';
import { useAsked } from '../use-asked.ts';
import { timeWords } from '../words.ts';
import { type Decided, EnrolmentPage } from './enrolment-page.tsx';

function List({ who, municipality, say, decided }: PageProps & { readonly decided: Decided | undefined }) {
  const { asked, again } = useAsked<{ enrolments: readonly WaitingEnrolment[] }>(who, `${municipality}/enrolments`);
  const said = useRef<HTMLParagraphElement>(null);
  // What was decided is said first, also to whoever does not see where the page has gone.
  useEffect(() => said.current?.focus(), []);
  return (
    <>
      <div className="head">
        <h1>{say('enrolment')}</h1>
        <p>{say('enrolment.lead')}</p>
      </div>
      {decided === undefined ? null : (
        <p className="notice" data-tone="good" role="status" tabIndex={-1} ref={said}>
          {say(`enrolment.${decided.outcome}`, { name: decided.name })}
        </p>
      )}
      {asked === undefined ? (
        <Waiting say={say} />
      ) : !asked.ok ? (
        <Failure failed={asked} say={say} again={again} />
      ) : (
        <section className="card">
          {asked.value.enrolments.length === 0 ? (
            <p className="empty">{say('no-enrolments')}</p>
          ) : (
            <table className="roomy">
              <thead>
                <tr>
                  <th scope="col">{say('applicant')}</th>
                  <th scope="col">{say('lives-in')}</th>
                  <th scope="col">{say('received')}</th>
                </tr>
              </thead>
              <tbody>
                {asked.value.enrolments.map(({ enrolmentId, name, from, at }) => (
                  <tr key={enrolmentId}>
                    <th scope="row">
                      <a href={`#/enrolment/${enrolmentId}`}>{name}</a>
                    </th>
                    <td>{from}</td>
                    <td className="tight">{timeWords(Date.parse(at), say)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </section>
      )}
    </>
  );
}

export function Enrolments({ enrolmentId, ...props }: PageProps & { readonly enrolmentId: string }) {
  const [decided, setDecided] = useState<Decided>();
  useEffect(() => {
    if (enrolmentId !== '') setDecided(undefined);
  }, [enrolmentId]);
  if (enrolmentId === '') return <List {...props} decided={decided} />;
  return (
    <EnrolmentPage
      key={enrolmentId}
      {...props}
      enrolmentId={enrolmentId}
      onDecided={(it) => {
        setDecided(it);
        location.hash = '#/enrolment';
      }}
    />
  );
}
