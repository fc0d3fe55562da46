/** 複写, slanted, as cells of the background's tile: drawn from the outlines of IPAmj明朝 with its strokes made thicker
 *  (three cells at least), and kept as the library codes black-and-white images. */
import type { BitImage } from '../bit-image.ts';
import { decodeBilevel } from '../image/bilevel.ts';

const coded =
  'tjE8gBJhU5Uh2DKkmze7+UX8LvVJaOuXE3J5lYpg/ooOkXm/C4S3jOtnCp6TWgYFpaDq1DYDUGTYfmuRJ7s3SBrkzNRz3YeFUimMyQr5RrCigw' +
  'vnfOXSbez5up9Ltbn3YSINv7+EZ7usfdE1oQIhU7IxnXlwSee7+2InFpi/doIFRP8wQtzeZ8JnQRFQA4aCF+oDDge3XcOjGyATbPM+ZDhKZHlG' +
  'JDF/VIN2G7TL2F2oaP4r6Rj9ojom1wiZCV7K5lPx99++yYkuBtdsbjRNCyfPp2YutviHmozPOnmVZa+MekeWSQXc3aFNqs//YmqQlzsPcdJKw0' +
  'IlhmqQc+VgUz1S1e995GZ7fMeIqYL4x786ytNSJXPW63UedOipGjhJQonwdc9rO/gkQr6UyRW7z3ZGzf8=';

/** 155 × 110 cells; 1 belongs to the word. */
export const wordShape: BitImage = decodeBilevel(
  155,
  110,
  Uint8Array.from(atob(coded), (it) => it.charCodeAt(0)),
);
