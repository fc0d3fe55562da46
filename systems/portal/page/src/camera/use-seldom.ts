import { useEffect, useRef, useState } from 'react';

const everyMs = 4_000;

/** The text as it was some seconds ago at most: a screen reader that is told each change says none to its end. */
export function useSeldom(text: string): string {
  const [told, setTold] = useState('');
  const last = useRef(0);
  useEffect(() => {
    const timer = setTimeout(
      () => {
        last.current = performance.now();
        setTold(text);
      },
      Math.max(200, last.current + everyMs - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [text]);
  return told;
}
