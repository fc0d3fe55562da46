import { WorkingPicture } from '../illustrations/working-picture.tsx';
import { say } from '../words/resolve.ts';

/** The agent is away or only just starting. Nobody's session is on the screen, so it speaks the languages of the town. */
export function Connecting() {
  return (
    <main className="connecting" role="status">
      <WorkingPicture icon="clock" />
      <h1 className="connecting-title">{say('kiosk.connecting.title', 'ja')}</h1>
      <p>{say('kiosk.connecting.line', 'ja')}</p>
      <p lang="en">{say('kiosk.connecting.title', 'en')}</p>
    </main>
  );
}
