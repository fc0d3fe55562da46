/** 文字を大きく, 白黒反転, 音声: what a resident switches on for this visit. They end with the session, because the root
 *  that keeps them does. */
import { useLayoutEffect, useState } from 'react';

export type Tool = 'large' | 'contrast';
/** Who may hear: everybody in the shop, or only the resident. */
export type Hearing = 'off' | 'speaker' | 'headphones';
export type Tools = Readonly<Record<Tool, boolean>> & {
  readonly hearing: Hearing;
  readonly toggle: (tool: Tool) => void;
  readonly hear: (hearing: Hearing) => void;
};

export function useTools(): Tools {
  const [on, setOn] = useState({ large: false, contrast: false });
  const [hearing, hear] = useState<Hearing>('off');
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    dataset.theme = on.contrast ? 'contrast' : 'plain';
    dataset.text = on.large ? 'large' : 'plain';
    dataset.captions = hearing === 'off' ? 'off' : 'on';
    return () => {
      dataset.theme = 'plain';
      dataset.text = 'plain';
      dataset.captions = 'off';
    };
  }, [on, hearing]);
  return { ...on, hearing, hear, toggle: (tool) => setOn((before) => ({ ...before, [tool]: !before[tool] })) };
}
