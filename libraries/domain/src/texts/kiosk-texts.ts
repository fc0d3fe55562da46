import { kioskFileTexts } from './kiosk-file-texts.ts';
import { kioskFrameTexts } from './kiosk-frame-texts.ts';
import { kioskScreenTexts } from './kiosk-screen-texts.ts';

/** Texts that the kiosk itself puts on screens; ids begin with what they stand on. */
export const kioskTexts = { ...kioskFileTexts, ...kioskFrameTexts, ...kioskScreenTexts } as const;
