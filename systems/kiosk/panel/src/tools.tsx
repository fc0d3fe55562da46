/** 文字を大きく, 白黒反転, 音声: what a resident switches on for this visit. They end with the session, because the root
 *  that keeps them does. */
import { useLayoutEffect, useState } from 'react';

export type Tool = 'large' | 'contrast' | 'voice';
export type Tools = Readonly<Record<Tool, boolean>> & { readonly toggle: (tool: Tool) => void };

export function useTools(): Tools {
  const [on, setOn] = useState({ large: false, contrast: false, voice: false });
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    dataset.theme = on.contrast ? 'contrast' : 'plain';
    dataset.text = on.large ? 'large' : 'plain';
    return () => {
      dataset.theme = 'plain';
      dataset.text = 'plain';
    };
  }, [on]);
  return { ...on, toggle: (tool) => setOn((before) => ({ ...before, [tool]: !before[tool] })) };
}
