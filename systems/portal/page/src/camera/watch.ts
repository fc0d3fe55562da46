/** From the camera’s stream to a back and a front. */
import type { FrameLook } from '@dokodemo/proof/verify';
import { cameraSwitch, type WentOff } from './camera-switch.ts';
import type { Eye } from './eye.ts';
import { openFrames } from './frames.ts';
import { framesOfNothing, type Step } from './hints.ts';
import type { FrameAnswer } from './messages.ts';

export type Watching = {
  readonly at: 'watching';
  readonly step: Step;
  readonly look: FrameLook | undefined;
  /** How many frames were looked at. */
  readonly looks: number;
  /** Of the frame that was looked at. */
  readonly size: { readonly width: number; readonly height: number } | undefined;
  readonly emptyFrames: number;
  readonly lamp: 'none' | 'off' | 'on';
};
export type CameraState = { readonly at: 'asking' } | Watching | WentOff;

export type Taken = { readonly back: Uint8Array; readonly front?: Blob };

export type Watch = {
  /** Switches the camera on, at first or again; what was collected stays. */
  begin(): void;
  /** The next frame is looked at longer, and taken where a mark is found on it. */
  shutter(): void;
  lamp(): void;
  /** Is content with the back. */
  withoutFront(): void;
  end(): void;
};

type Listener = { readonly onState: (state: CameraState) => void; readonly onTaken: (taken: Taken) => void };

export function watchCamera(video: HTMLVideoElement, { onState, onTaken }: Listener): Watch {
  const camera = cameraSwitch(video, onState);
  const frames = openFrames();
  let eye: Eye | undefined;
  let isChosen = false;
  /** The frame that is looked at is one that a person chose. */
  let isByHand = false;
  let back: Uint8Array | undefined;
  let watching: Watching = beginning;
  const show = (change: Partial<Watching>) => {
    watching = { ...watching, ...change };
    onState(watching);
  };
  const fail = () => {
    camera.off();
    onState({ at: 'fault', why: 'failed' });
  };
  const end = () => {
    camera.end();
    frames.end();
  };
  const taken = (front?: Blob) => {
    if (back === undefined) return;
    end();
    onTaken({ back, ...(front === undefined ? {} : { front }) });
  };
  const understand = ({ look, width, height, picture }: Extract<FrameAnswer, { kind: 'seen' }>) => {
    if (picture !== undefined) return taken(picture);
    // The first back that is together is the one that is meant.
    back ??= look.back?.message;
    const step = back === undefined ? 'back' : 'front';
    const isEmpty = look.codes.length === 0 && step === watching.step;
    const emptyFrames = isEmpty ? watching.emptyFrames + (isByHand ? framesOfNothing : 1) : 0;
    show({ step, look, looks: watching.looks + 1, size: { width, height }, emptyFrames });
  };
  const how = () => {
    isByHand = isChosen;
    isChosen = false;
    return { thorough: isByHand, wants: back === undefined ? 'codes' : isByHand ? 'front-now' : 'front' } as const;
  };
  const run = async () => {
    onState({ at: 'asking' });
    const opened = await camera.on();
    if (opened === undefined) return;
    eye = opened;
    show({ look: undefined, emptyFrames: 0, lamp: opened.lamp === undefined ? 'none' : 'off' });
    while (camera.isOn(opened)) {
      const answer = await frames.next(video, how);
      if (!camera.isOn(opened)) return;
      if (answer.kind === 'failed') return fail();
      understand(answer);
    }
  };
  const switchLamp = async () => {
    const isOn = watching.lamp !== 'on';
    await eye?.lamp?.(isOn);
    show({ lamp: isOn ? 'on' : 'off' });
  };
  return {
    begin: () => void run().catch(fail),
    shutter: () => {
      isChosen = true;
    },
    // Where it cannot be switched it stays as it was, and the key says so.
    lamp: () => void switchLamp().catch(() => undefined),
    withoutFront: () => taken(),
    end,
  };
}

const beginning: Watching = {
  at: 'watching',
  step: 'back',
  look: undefined,
  looks: 0,
  size: undefined,
  emptyFrames: 0,
  lamp: 'none',
};
