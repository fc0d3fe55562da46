/** A program of its own, so that a test can bound its memory and time: what is said of the files named, as JSON. */
import { readFileSync } from 'node:fs';
import { openToolsInNode } from '../files/in-node.ts';
import { verifyFiles } from '../files/verify-files.ts';

const [trust = '', ...names] = process.argv.slice(2);
const tools = await openToolsInNode();
const said: string[] = [];
for (const name of names) {
  const files = [{ name, bytes: new Uint8Array(readFileSync(name)) }];
  const done = await verifyFiles(files, tools, { trust: JSON.parse(readFileSync(trust, 'utf8')) });
  said.push(done.readable ? 'readable' : (done.faults[0]?.code ?? done.code));
}
process.stdout.write(JSON.stringify({ said, mostKilobytes: process.resourceUsage().maxRSS }));
