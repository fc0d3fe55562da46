import type { IconName } from '@dokodemo/web-ui';
import { useEffect, useState } from 'react';
import { Heading } from '../frame/heading.tsx';
import { WorkingPicture } from '../illustrations/working-picture.tsx';
import { useWords } from '../words/words.tsx';
import type { ScreenProps } from './screen-props.ts';

const drawings = {
  opening: 'document',
  'checking-card': 'card',
  'asking-municipality': 'town',
  preparing: 'document',
  'taking-back': 'document',
} as const satisfies Record<ScreenProps<'working'>['screen']['what'], IconName>;

/** Shown only when it is worth it: before that, seconds make a short wait feel long. */
const secondsWorthSaying = 3;

/** How long it has taken so far is all that is known; a bar that pretends to know more is not drawn. */
function useSeconds(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  return seconds;
}

export function Working({ screen }: ScreenProps<'working'>) {
  const { say } = useWords();
  const seconds = useSeconds();
  return (
    <div className="middle">
      <WorkingPicture icon={drawings[screen.what]} />
      <Heading title={say(`kiosk.working.${screen.what}`)} help={say(`kiosk.working.${screen.what}.line`)} />
      <p className="seconds" data-shown={seconds >= secondsWorthSaying ? '' : undefined}>
        {say('kiosk.working.seconds', { seconds })}
      </p>
    </div>
  );
}
