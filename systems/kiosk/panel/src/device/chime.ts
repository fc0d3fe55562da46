/** Two soft notes. Where there is no sound there is none: whatever sounds is also seen. */
let audio: AudioContext | undefined;

const notesHz = [880, 1_174.66];
const noteSeconds = 0.45;

export function playChime(): void {
  try {
    audio ??= new AudioContext();
    if (audio.state === 'suspended') void audio.resume().catch(() => undefined);
    notesHz.forEach((hz, index) => {
      if (audio === undefined) return;
      const at = audio.currentTime + index * 0.22;
      const tone = new OscillatorNode(audio, { type: 'sine', frequency: hz });
      const volume = new GainNode(audio, { gain: 0 });
      volume.gain.linearRampToValueAtTime(0.18, at + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.001, at + noteSeconds);
      tone.connect(volume).connect(audio.destination);
      tone.start(at);
      tone.stop(at + noteSeconds);
    });
  } catch {
    audio = undefined;
  }
}
