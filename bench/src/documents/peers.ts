/** Each PDF maker as its makers would have it used for a page of absolute places: the font is loaded as rarely as it can
 *  be, processes and compilers are kept. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { browserFile } from './browser-file.ts';
import type { Page } from './page.ts';
import { type OpenPeer, peersFolder, requirePeer } from './peer.ts';

type PdfKitDocument = {
  on(event: 'data' | 'end', listener: (chunk: Buffer) => void): void;
  font(font: unknown): PdfKitDocument;
  fontSize(size: number): PdfKitDocument;
  text(text: string, x: number, y: number, options: object): PdfKitDocument;
  fillColor(color: string): PdfKitDocument;
  lineWidth(width: number): PdfKitDocument;
  moveTo(x: number, y: number): PdfKitDocument;
  lineTo(x: number, y: number): PdfKitDocument;
  rect(x: number, y: number, w: number, h: number): PdfKitDocument;
  stroke(): PdfKitDocument;
  image(image: Buffer, x: number, y: number, options: object): PdfKitDocument;
  save(): PdfKitDocument;
  restore(): PdfKitDocument;
  rotate(degrees: number, options: object): PdfKitDocument;
  end(): void;
};

const grayOf = (gray: number) =>
  `#${Math.round(gray * 255)
    .toString(16)
    .repeat(3)}`;

const pdfkit: OpenPeer = async ({ fontFile, sealFile }) => {
  const Document = requirePeer('pdfkit') as new (options: object) => PdfKitDocument;
  // Its own fontkit: a font object that is kept spares it the reading of 46 MB for every document.
  const fontkit = createRequire(requirePeer.resolve('pdfkit'))('fontkit') as { create(bytes: Buffer): unknown };
  const font = fontkit.create(readFileSync(fontFile));
  const seal = readFileSync(sealFile);
  return {
    render(page) {
      const doc = new Document({ size: [page.width, page.height], margin: 0 });
      const chunks: Buffer[] = [];
      const done = new Promise<Uint8Array>((resolve) => doc.on('end', () => resolve(Buffer.concat(chunks))));
      doc.on('data', (chunk) => chunks.push(chunk));
      doc.font(font);
      const up = (y: number) => page.height - y;
      for (const it of page.watermarks) {
        doc
          .save()
          .rotate(-it.degrees, { origin: [it.x, up(it.y)] })
          .fillColor(grayOf(it.gray))
          .fontSize(it.size);
        doc.text(it.text, it.x, up(it.y), { lineBreak: false, baseline: 'alphabetic' }).restore();
      }
      doc.fillColor('#000000');
      for (const it of page.texts) {
        const horizontalScaling = it.condense * 100;
        doc.fontSize(it.size).text(it.text, it.x, up(it.y), {
          lineBreak: false,
          baseline: 'alphabetic',
          characterSpacing: it.spacing,
          horizontalScaling,
        });
      }
      for (const it of page.rules) doc.lineWidth(it.width).moveTo(it.x, up(it.y)).lineTo(it.toX, up(it.toY)).stroke();
      for (const it of page.boxes)
        doc
          .lineWidth(it.width)
          .rect(it.x, up(it.y + it.h), it.w, it.h)
          .stroke();
      doc.image(seal, page.seal.x, up(page.seal.y + page.seal.h), { width: page.seal.w });
      doc.end();
      return done;
    },
  };
};

type PdfLibPage = {
  drawText(text: string, options: object): void;
  drawLine(options: object): void;
  drawRectangle(options: object): void;
  drawImage(image: unknown, options: object): void;
  pushOperators(...operators: unknown[]): void;
};
type PdfLib = {
  PDFDocument: {
    create(): Promise<{
      registerFontkit(fontkit: unknown): void;
      embedFont(bytes: Buffer, options: object): Promise<unknown>;
      embedPng(bytes: Buffer): Promise<unknown>;
      addPage(size: readonly [number, number]): PdfLibPage;
      save(): Promise<Uint8Array>;
    }>;
  };
  degrees(value: number): unknown;
  rgb(r: number, g: number, b: number): unknown;
  setCharacterSpacing(value: number): unknown;
  setCharacterSqueeze(percent: number): unknown;
};

const pdfLib: OpenPeer = async ({ fontFile, sealFile }) => {
  const { PDFDocument, degrees, rgb, setCharacterSpacing, setCharacterSqueeze } = requirePeer('pdf-lib') as PdfLib;
  const fontkit = requirePeer('@pdf-lib/fontkit') as unknown;
  const [bytes, seal] = [readFileSync(fontFile), readFileSync(sealFile)];
  const thickness = (it: { width: number }) => ({ thickness: it.width, color: rgb(0, 0, 0) });
  return {
    async render(page) {
      const doc = await PDFDocument.create();
      doc.registerFontkit(fontkit);
      const font = await doc.embedFont(bytes, { subset: true });
      const sheet = doc.addPage([page.width, page.height]);
      for (const { text, x, y, size, degrees: angle, gray } of page.watermarks)
        sheet.drawText(text, { x, y, size, font, rotate: degrees(angle), color: rgb(gray, gray, gray) });
      for (const { text, x, y, size, spacing, condense } of page.texts) {
        sheet.pushOperators(setCharacterSpacing(spacing), setCharacterSqueeze(condense * 100));
        sheet.drawText(text, { x, y, size, font });
      }
      for (const it of page.rules)
        sheet.drawLine({ start: { x: it.x, y: it.y }, end: { x: it.toX, y: it.toY }, ...thickness(it) });
      for (const it of page.boxes)
        sheet.drawRectangle({
          x: it.x,
          y: it.y,
          width: it.w,
          height: it.h,
          borderWidth: it.width,
          borderColor: rgb(0, 0, 0),
        });
      sheet.drawImage(await doc.embedPng(seal), {
        x: page.seal.x,
        y: page.seal.y,
        width: page.seal.w,
        height: page.seal.h,
      });
      return doc.save();
    },
  };
};

type ReactPdf = {
  Document: unknown;
  Page: unknown;
  Text: unknown;
  View: unknown;
  Image: unknown;
  Font: { register(font: object): void; registerHyphenationCallback(callback: (word: string) => string[]): void };
  renderToBuffer(document: unknown): Promise<Buffer>;
};

const reactPdf: OpenPeer = async ({ fontFile, sealFile }) => {
  const { createElement: element } = requirePeer('react') as {
    createElement(type: unknown, props: object, ...children: unknown[]): unknown;
  };
  const {
    Document,
    Page: Sheet,
    Text,
    View,
    Image,
    Font,
    renderToBuffer,
  } = (await import(pathToFileURL(requirePeer.resolve('@react-pdf/renderer')).href)) as ReactPdf;
  Font.register({ family: 'IPAmj', src: fontFile });
  Font.registerHyphenationCallback((word) => [word]);
  return {
    render(page) {
      const up = (y: number) => page.height - y;
      const at = (left: number, top: number, more: object) => ({ style: { position: 'absolute', left, top, ...more } });
      const texts = page.texts.map((it) =>
        element(
          Text,
          at(it.x, up(it.y) - it.size * 0.88, {
            fontSize: it.size,
            letterSpacing: it.spacing,
            lineHeight: 1,
            width: 500,
          }),
          it.text,
        ),
      );
      const marks = page.watermarks.map((it) =>
        element(
          Text,
          at(it.x, up(it.y) - it.size * 0.88, {
            fontSize: it.size,
            color: grayOf(it.gray),
            transform: `rotate(${-it.degrees}deg)`,
            transformOrigin: '0% 88%',
            lineHeight: 1,
            width: 500,
          }),
          it.text,
        ),
      );
      const rules = page.rules.map((it) =>
        element(
          View,
          at(it.x, up(Math.max(it.y, it.toY)), {
            width: Math.max(it.width, it.toX - it.x),
            height: Math.max(it.width, it.y - it.toY),
            backgroundColor: 'black',
          }),
        ),
      );
      const boxes = page.boxes.map((it) =>
        element(View, at(it.x, up(it.y + it.h), { width: it.w, height: it.h, border: `${it.width}pt solid black` })),
      );
      const seal = element(Image, {
        src: sealFile,
        ...at(page.seal.x, up(page.seal.y + page.seal.h), { width: page.seal.w }),
      });
      const sheet = element(
        Sheet,
        { size: [page.width, page.height], style: { fontFamily: 'IPAmj' } },
        ...marks,
        ...texts,
        ...rules,
        ...boxes,
        seal,
      );
      return renderToBuffer(element(Document, {}, sheet));
    },
  };
};

const typstSource = `
#set page(width: 595.2pt, height: 841.92pt, margin: 0pt)
#set text(font: "IPAmjMincho", top-edge: 0.88em, bottom-edge: -0.12em, fallback: false, cjk-latin-spacing: none)
#let page = json(bytes(sys.inputs.page))
#let at(x, y, body) = place(top + left, dx: x * 1pt, dy: (841.92 - y) * 1pt, body)
#for t in page.watermarks {
  at(t.x, t.y + t.size * 0.88, rotate(-t.degrees * 1deg, origin: left + top, reflow: false, text(size: t.size * 1pt, fill: luma(t.gray * 100%), t.text)))
}
#for t in page.texts {
  let body = text(size: t.size * 1pt, tracking: t.spacing * 1pt, t.text)
  at(t.x, t.y + t.size * 0.88, if t.condense < 1 { scale(x: t.condense * 100%, origin: left, body) } else { body })
}
#for r in page.rules { at(r.x, r.y, line(start: (0pt, 0pt), end: ((r.toX - r.x) * 1pt, (r.y - r.toY) * 1pt), stroke: r.width * 1pt)) }
#for r in page.boxes { at(r.x, r.y + r.h, rect(width: r.w * 1pt, height: r.h * 1pt, stroke: r.width * 1pt)) }
#at(page.seal.x, page.seal.y + page.seal.h, image("seal.png", width: page.seal.w * 1pt))
`;

type Typst = {
  NodeCompiler: {
    create(options: object): { pdf(options: object): Buffer; evictCache(age: number): void };
  };
};

const typst: OpenPeer = async ({ fontFile, sealFile, folder }) => {
  const { NodeCompiler } = requirePeer('@myriaddreamin/typst-ts-node-compiler') as Typst;
  writeFileSync(`${folder}/seal.png`, readFileSync(sealFile));
  const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontBlobs: [readFileSync(fontFile)] }] });
  let rendered = 0;
  return {
    render(page) {
      const pdf = compiler.pdf({ mainFileContent: typstSource, inputs: { page: JSON.stringify(page) } });
      if (++rendered % 10 === 0) compiler.evictCache(10);
      return pdf;
    },
  };
};

function htmlOf(page: Page): string {
  const up = (y: number) => page.height - y;
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const at = (x: number, y: number, style: string, body = '') =>
    `<div style="left:${x}pt;top:${y}pt;${style}">${body}</div>`;
  return [
    ...page.watermarks.map((it) =>
      at(
        it.x,
        up(it.y) - it.size * 0.88,
        `font-size:${it.size}pt;color:${grayOf(it.gray)};transform:rotate(${-it.degrees}deg);transform-origin:0 88%`,
        it.text,
      ),
    ),
    ...page.texts.map((it) =>
      at(
        it.x,
        up(it.y) - it.size * 0.88,
        `font-size:${it.size}pt;letter-spacing:${it.spacing}pt;${it.condense < 1 ? `transform:scaleX(${it.condense});transform-origin:0 0` : ''}`,
        escaped(it.text),
      ),
    ),
    ...page.rules.map((it) =>
      at(
        it.x,
        up(Math.max(it.y, it.toY)),
        `width:${it.toX - it.x}pt;height:${it.y - it.toY}pt;border-${it.x === it.toX ? 'left' : 'top'}:${it.width}pt solid`,
      ),
    ),
    ...page.boxes.map((it) => at(it.x, up(it.y + it.h), `width:${it.w}pt;height:${it.h}pt;border:${it.width}pt solid`)),
    `<img src="seal.png" style="left:${page.seal.x}pt;top:${up(page.seal.y + page.seal.h)}pt;width:${page.seal.w}pt">`,
  ].join('');
}

type BrowserPage = {
  goto(url: string): Promise<unknown>;
  evaluate(work: (html: string) => Promise<void>, html: string): Promise<void>;
  pdf(options: object): Promise<Buffer>;
};
type Browsers = {
  chromium: { launch(options: object): Promise<{ newPage(): Promise<BrowserPage>; close(): Promise<void> }> };
};

/** All processes that stand below this one. */
function descendants(): readonly number[] {
  const parents = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      return [
        [Number(name), Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1])] as const,
      ];
    } catch {
      return []; // it ended while we looked
    }
  });
  const below = (pid: number): number[] =>
    parents.filter(([, parent]) => parent === pid).flatMap(([child]) => [child, ...below(child)]);
  return below(process.pid);
}

const chromium: OpenPeer = async ({ fontFile, sealFile, folder }) => {
  const { chromium: driver } = requirePeer('playwright-core') as Browsers;
  writeFileSync(`${folder}/seal.png`, readFileSync(sealFile));
  const font = pathToFileURL(fontFile).href;
  writeFileSync(
    `${folder}/page.html`,
    `<!doctype html><meta charset="utf-8"><style>@font-face{font-family:IPAmj;src:url("${font}")}@page{size:595.2pt 841.92pt;margin:0}body{margin:0;font-family:IPAmj;line-height:1}div,img{position:absolute;white-space:pre;box-sizing:border-box}</style><body></body>`,
  );
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--allow-file-access-from-files',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
  const browser = await driver.launch({ executablePath: browserFile(), args });
  const tab = await browser.newPage();
  await tab.goto(pathToFileURL(`${folder}/page.html`).href);
  return {
    async render(page) {
      await tab.evaluate(async (html) => {
        document.body.innerHTML = html;
        await document.fonts.ready;
        await Promise.all([...document.images].map((image) => image.decode()));
      }, htmlOf(page));
      return tab.pdf({ preferCSSPageSize: true, printBackground: true });
    },
    helpers: descendants,
    close: () => browser.close(),
  };
};

export const peers: Readonly<Record<string, OpenPeer>> = {
  typst,
  pdfkit,
  'react-pdf': reactPdf,
  'pdf-lib': pdfLib,
  chromium,
};

const packages: Readonly<Record<string, string>> = {
  typst: '@myriaddreamin/typst-ts-node-compiler',
  pdfkit: 'pdfkit',
  'react-pdf': '@react-pdf/renderer',
  'pdf-lib': 'pdf-lib',
};

/** The name with its version, as people read it. */
export function titleOf(name: string): string {
  if (name === 'chromium')
    return (spawnSync(browserFile(), ['--version'], { encoding: 'utf8' }).stdout ?? name)
      .trim()
      .split(' ')
      .slice(0, 2)
      .join(' ');
  const manifest = readFileSync(`${peersFolder}node_modules/${packages[name]}/package.json`, 'utf8');
  return `${packages[name]?.replace(/^@myriaddreamin\//, '')} ${(JSON.parse(manifest) as { version: string }).version}`;
}
