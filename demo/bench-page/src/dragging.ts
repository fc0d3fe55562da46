/** Things that are carried from hand to machine: a card to the reader, a coin to the slot. */

import type { BenchAct } from '@dokodemo/kiosk';
import { type DragEvent, useState } from 'react';

/** What a thing does where it is dropped; the kind says where it may be dropped. */
export type Carried = { readonly kind: 'card' | 'money'; readonly act: BenchAct };

const typeOf = (kind: Carried['kind']) => `application/x-dokodemo-${kind}`;

export function carry(event: DragEvent, { kind, act }: Carried): void {
  event.dataTransfer.setData(typeOf(kind), JSON.stringify(act));
  event.dataTransfer.effectAllowed = 'move';
}

/** Properties of a place where things of one kind may be dropped, and whether one is above it now. */
export function useDropPlace(kind: Carried['kind'], onDrop: (act: BenchAct) => void) {
  const [over, setOver] = useState(false);
  return {
    over,
    props: {
      onDragOver(event: DragEvent) {
        if (!event.dataTransfer.types.includes(typeOf(kind))) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop(event: DragEvent) {
        setOver(false);
        const text = event.dataTransfer.getData(typeOf(kind));
        if (text === '') return;
        event.preventDefault();
        onDrop(JSON.parse(text) as BenchAct);
      },
    },
  };
}
