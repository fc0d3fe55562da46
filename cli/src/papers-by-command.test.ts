/** Papers by command, over the real wire, in one small town. */
import './papers-of-the-holder.scenes.ts';
import './family-papers.scenes.ts';
