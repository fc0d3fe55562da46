/** Work that a person waits for, step by step. */

/** What is going on within a step: "12,000 of 20,000 people". */
export type Say = (detail: string) => void;

export type Steps = <T>(label: string, work: (say: Say) => Promise<T>) => Promise<T>;

export const silentSteps: Steps = (_label, work) => work(() => undefined);

/** One line a step; on a terminal it is written over while the step goes on. */
export function stepsOn(out: NodeJS.WriteStream): Steps {
  return async (label, work) => {
    const began = performance.now();
    const head = `  ${label.padEnd(26)}`;
    let shown = '';
    const show = (text: string) => {
      if (!out.isTTY || text === shown) return;
      shown = text;
      out.write(`\r\u001b[2K${head}${text}`);
    };
    let last = '';
    show('…');
    try {
      const result = await work((detail) => {
        last = detail;
        show(`${detail} …`);
      });
      const seconds = `${((performance.now() - began) / 1_000).toFixed(1)} s`;
      if (out.isTTY) show(`${seconds.padStart(7)}   ${last}\n`);
      else out.write(`${head}${seconds.padStart(7)}   ${last}\n`);
      return result;
    } catch (error) {
      out.write(out.isTTY ? `\r\u001b[2K${head}failed\n` : `${head}failed\n`);
      throw error;
    }
  };
}
