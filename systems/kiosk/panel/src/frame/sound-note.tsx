import { Icon } from '@dokodemo/web-ui';
import { useEffect } from 'react';
import { playChime } from '../device/chime.ts';
import { useWords } from '../words/words.tsx';

const againAfterMs = 6_000;
const mostTimes = 20;

/** A sound until something is taken, and the same to read: nobody needs ears for it. */
export function SoundNote() {
  const { say } = useWords();
  useEffect(() => {
    let times = 0;
    const sound = () => {
      times += 1;
      if (times <= mostTimes) playChime();
    };
    sound();
    const timer = setInterval(sound, againAfterMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <p className="sound-note">
      <Icon name="bell" />
      {say('kiosk.sound')}
    </p>
  );
}
