/** All that people do at a kiosk, in a real browser: one town, one scene after the other. */
import './certificate-from-card-to-tray.scenes.ts';
import './papers-of-the-holder.scenes.ts';
import './family-register.scenes.ts';
import './money-or-paper.scenes.ts';
import './only-ones-own-paper.scenes.ts';
import './time-runs-out.scenes.ts';
