import type { RefusalCode, TextId } from '@dokodemo/domain';
import type { Label } from '@dokodemo/protocol';

/** A label by its text's id: an id that has no text does not compile. */
export function text(
  id: Extract<TextId, `center.${string}`> | `refusal.${RefusalCode}`,
  args?: Readonly<Record<string, string | number>>,
): Label {
  return args === undefined ? { text: id } : { text: id, args: { ...args } };
}
