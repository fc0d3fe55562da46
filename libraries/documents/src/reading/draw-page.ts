/**
 * Draws a page of our own making: the operators that our writer uses, and no other. A page with anything else on it is
 * not ours, and it is said so instead of drawing half of it.
 */
import type { BitImage } from '../pdf/pdf-file.ts';
import type { Canvas, Matrix } from '../raster/canvas.ts';
import { times } from '../raster/canvas.ts';
import type { Outline } from '../raster/outline.ts';
import { isOperator, NotPdf, nameOf, type Operator, Reader, type Value } from './pdf-values.ts';

export type PageFont = {
  /** In units of the em. */
  outline(code: number): Outline;
  readonly unitsPerEm: number;
  /** Thousandths of the size. */
  width(code: number): number;
};

export type PageParts = {
  readonly content: Uint8Array;
  font(name: string): PageFont;
  mask(name: string): BitImage;
};

/** Names of masks that are no part of what the paper says. */
export type DrawOptions = { readonly without?: ReadonlySet<string> };

type State = { matrix: Matrix; gray: number; lineWidth: number };

const identity: Matrix = [1, 0, 0, 1, 0, 0];

class PageDrawing {
  readonly #canvas: Canvas;
  readonly #parts: PageParts;
  readonly #without: ReadonlySet<string>;
  #state: State;
  readonly #kept: State[] = [];
  #path: { points: (readonly [number, number])[]; closed: boolean }[] = [];
  #text: Matrix = identity;
  #font: PageFont | undefined;
  #size = 0;
  #spacing = 0;
  #condense = 1;

  constructor(canvas: Canvas, parts: PageParts, toPixels: Matrix, without: ReadonlySet<string>) {
    this.#canvas = canvas;
    this.#parts = parts;
    this.#without = without;
    this.#state = { matrix: toPixels, gray: 0, lineWidth: 1 };
  }

  run(): void {
    const reader = new Reader(this.#parts.content);
    let operands: Value[] = [];
    while (!reader.isAtEnd()) {
      const value: Value | Operator = reader.next();
      if (!isOperator(value)) operands.push(value);
      else {
        this.#do(value.operator, operands);
        operands = [];
      }
    }
  }

  #do(operator: string, operands: readonly Value[]): void {
    const numbers = operands.filter((it) => typeof it === 'number');
    const [a = 0, b = 0, c = 0, d = 0] = numbers;
    switch (operator) {
      case 'BDC':
      case 'BMC':
      case 'EMC':
        return;
      case 'q':
        this.#kept.push({ ...this.#state });
        return;
      case 'Q':
        this.#state = this.#kept.pop() ?? this.#state;
        return;
      case 'cm':
        this.#state.matrix = times(matrixOf(numbers), this.#state.matrix);
        return;
      case 'g':
        this.#state.gray = a;
        return;
      case 'w':
        this.#state.lineWidth = a;
        return;
      case 'm':
        this.#path.push({ points: [[a, b]], closed: false });
        return;
      case 'l':
        this.#path.at(-1)?.points.push([a, b]);
        return;
      case 're':
        this.#path.push({ points: [[a, b], [a + c, b], [a + c, b + d], [a, b + d]], closed: true }); // biome-ignore format: one box
        return;
      case 'S':
        this.#stroke();
        return;
      case 'f':
        this.#fillPath();
        return;
      case 'Do':
        this.#image(nameOf(operands[0]) ?? '');
        return;
      default:
        this.#doText(operator, operands, numbers);
    }
  }

  #doText(operator: string, operands: readonly Value[], numbers: readonly number[]): void {
    const [a = 0] = numbers;
    switch (operator) {
      case 'BT':
        this.#text = identity;
        return;
      case 'ET':
        return;
      case 'Tf':
        this.#font = this.#parts.font(nameOf(operands[0]) ?? '');
        this.#size = a;
        return;
      case 'Tc':
        this.#spacing = a;
        return;
      case 'Tz':
        this.#condense = a / 100;
        return;
      case 'Tm':
        this.#text = matrixOf(numbers);
        return;
      case 'Tj':
        this.#show(operands[0]);
        return;
      default:
        throw new NotPdf(`the operator ${operator} is none of ours`);
    }
  }

  #show(codes: Value | undefined): void {
    const font = this.#font;
    if (!(codes instanceof Uint8Array) || font === undefined) throw new NotPdf('text without a font');
    const scale = this.#size / font.unitsPerEm;
    const toPixels = times(this.#text, this.#state.matrix);
    let x = 0;
    for (let i = 0; i + 1 < codes.length; i += 2) {
      const code = ((codes[i] as number) << 8) | (codes[i + 1] as number);
      const inText: Matrix = [scale * this.#condense, 0, 0, scale, x, 0];
      this.#canvas.outline(font.outline(code), times(inText, toPixels));
      this.#canvas.fill(1 - this.#state.gray);
      x += ((font.width(code) / 1000) * this.#size + this.#spacing) * this.#condense;
    }
  }

  #at([x, y]: readonly [number, number]): readonly [number, number] {
    const [a, b, c, d, e, f] = this.#state.matrix;
    return [a * x + c * y + e, b * x + d * y + f];
  }

  /** Straight lines with butt ends; corners of a box are square. */
  #stroke(): void {
    const { matrix, lineWidth } = this.#state;
    const half = (lineWidth * Math.hypot(matrix[0], matrix[1])) / 2;
    for (const { points, closed } of this.#path) {
      const placed = points.map((it) => this.#at(it));
      const count = closed ? placed.length : placed.length - 1;
      for (let i = 0; i < count; i++) {
        const [x0, y0] = placed[i] as readonly [number, number];
        const [x1, y1] = placed[(i + 1) % placed.length] as readonly [number, number];
        const length = Math.hypot(x1 - x0, y1 - y0);
        if (length === 0) continue;
        const [ux, uy] = [((x1 - x0) / length) * half, ((y1 - y0) / length) * half];
        const [ex, ey] = closed ? [ux, uy] : [0, 0];
        this.#canvas.polygon([
          [x0 - ex - uy, y0 - ey + ux],
          [x1 + ex - uy, y1 + ey + ux],
          [x1 + ex + uy, y1 + ey - ux],
          [x0 - ex + uy, y0 - ey - ux],
        ]);
        this.#canvas.fill(1 - this.#state.gray);
      }
    }
    this.#path = [];
  }

  #fillPath(): void {
    for (const { points } of this.#path) this.#canvas.polygon(points.map((it) => this.#at(it)));
    this.#canvas.fill(1 - this.#state.gray);
    this.#path = [];
  }

  #image(name: string): void {
    if (this.#without.has(name)) return;
    this.#canvas.mask(this.#parts.mask(name), this.#state.matrix, 1 - this.#state.gray);
  }
}

function matrixOf(numbers: readonly number[]): Matrix {
  if (numbers.length !== 6) throw new NotPdf('a matrix has six numbers');
  return numbers as unknown as Matrix;
}

/** `heightPt`: of the page; the canvas has its shape. */
export function drawPage(canvas: Canvas, parts: PageParts, heightPt: number, { without }: DrawOptions = {}): void {
  const scale = canvas.height / heightPt;
  new PageDrawing(canvas, parts, [scale, 0, 0, -scale, 0, canvas.height], without ?? new Set()).run();
}
