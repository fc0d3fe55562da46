import { bundlePlace, type Trust } from '../use-trust.ts';
import { useSay } from '../words/words.tsx';

const steps = ['how.1', 'how.2', 'how.3', 'how.4'] as const;

/** In groups of eight, so that two people can compare it over the telephone. */
const grouped = (digest: string) => digest.match(/.{8}/g)?.join(' ') ?? digest;

export function HowTo({ trust }: { readonly trust: Trust | undefined }) {
  const say = useSay();
  return (
    <section className="how" aria-labelledby="how">
      <h2 id="how">{say('how.title')}</h2>
      <ol>
        {steps.map((step) => (
          <li key={step}>{say(step)}</li>
        ))}
      </ol>
      <div className="beside">
        <div>
          <h3>{say('bundle.title')}</h3>
          <p>{say('bundle.line')}</p>
          <p className="digest">{trust === undefined ? '…' : grouped(trust.digest)}</p>
          <a href={bundlePlace} download="dokodemo-trust-bundle.json">
            {say('bundle.button')}
          </a>
        </div>
        <div>
          <h3>{say('cli.title')}</h3>
          <p>{say('cli.line')}</p>
          <pre>npx dokodemo verify FRONT.png BACK.png --trust dokodemo-trust-bundle.json --offline</pre>
        </div>
      </div>
    </section>
  );
}
