/** The camera itself: asked for, and given back. */

export type EyeFault = 'none' | 'refused' | 'busy' | 'failed';

export type Eye = {
  readonly stream: MediaStream;
  /** Undefined: this camera has no lamp that a page may switch. */
  readonly lamp: ((isOn: boolean) => Promise<void>) | undefined;
  readonly close: () => void;
};

/** A page may see a camera only over https (or on the same machine), and needs a worker that can draw. */
export const canLive = (): boolean =>
  typeof navigator.mediaDevices?.getUserMedia === 'function' &&
  typeof OffscreenCanvas === 'function' &&
  typeof createImageBitmap === 'function';

/** The one that looks away from its holder, with as many pixels as it has up to 4K: a code’s modules are a third of a
 *  millimetre. */
const wanted: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: { ideal: 'environment' }, width: { ideal: 3_840 }, height: { ideal: 2_160 } },
};

const faults: Readonly<Record<string, EyeFault>> = {
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/** Never throws. */
export async function openEye(): Promise<Eye | EyeFault> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia(wanted);
    const [track] = stream.getVideoTracks();
    if (track === undefined) return 'none';
    return {
      stream,
      lamp: lampOf(track),
      close() {
        for (const it of stream.getTracks()) it.stop();
      },
    };
  } catch (error) {
    return faults[error instanceof DOMException ? error.name : ''] ?? 'failed';
  }
}

/** `torch` is of the Image Capture specification, which the usual types do not have. */
function lampOf(track: MediaStreamTrack): Eye['lamp'] {
  const can = (track.getCapabilities?.() ?? {}) as { readonly torch?: boolean };
  if (can.torch !== true) return undefined;
  return (isOn) => track.applyConstraints({ advanced: [{ torch: isOn } as MediaTrackConstraintSet] });
}
