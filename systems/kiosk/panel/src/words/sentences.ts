/** A text as its sentences: the first says what it is, the rest what to do. */
export function sentencesIn(text: string): readonly string[] {
  return text
    .split(/(?<=[。！？])|(?<=[.!?])\s+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}
