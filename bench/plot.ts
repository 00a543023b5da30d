// SPDX-License-Identifier: MIT
/** One curve as an SVG: x as it is, y by powers of ten. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Curve {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly points: readonly Point[];
}

const WIDTH = 480;
const HEIGHT = 300;
const LEFT = 70;
const BOTTOM = 45;
const TOP = 35;
const RIGHT = 15;
/** More along the x axis would overlap. */
const MOST_LABELS = 10;

/** @param curve at least one point; every y above 0 */
export function plot({ title, xLabel, yLabel, points }: Curve): string {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [xMin, xMax] = [Math.min(...xs), Math.max(...xs)];
  const low = Math.floor(Math.log10(Math.min(...ys)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...ys))));
  const across = (x: number): number =>
    LEFT + ((x - xMin) / Math.max(1, xMax - xMin)) * (WIDTH - LEFT - RIGHT);
  const up = (y: number): number =>
    HEIGHT - BOTTOM - ((Math.log10(y) - low) / (high - low)) * (HEIGHT - BOTTOM - TOP);
  const tens = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
  const every = Math.ceil(points.length / MOST_LABELS);
  const at = points.map(({ x, y }) => `${across(x).toFixed(1)},${up(y).toFixed(1)}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text(title, WIDTH / 2, 20, 'middle'),
    ...tens.map((y) => `<path d="M${LEFT} ${up(y).toFixed(1)}H${WIDTH - RIGHT}" stroke="#ddd"/>`),
    ...tens.map((y) => text(`${y}`, LEFT - 8, up(y) + 4, 'end')),
    ...points
      .filter((_, i) => i % every === 0)
      .map(({ x }) => text(`${x}`, across(x), HEIGHT - BOTTOM + 18, 'middle')),
    text(xLabel, (LEFT + WIDTH) / 2, HEIGHT - 8, 'middle'),
    `<text transform="translate(16 ${HEIGHT / 2}) rotate(-90)" text-anchor="middle">${yLabel}</text>`,
    `<polyline points="${at.join(' ')}" fill="none" stroke="#06c" stroke-width="2"/>`,
    ...at.map(
      (place) =>
        `<circle cx="${place.split(',')[0]}" cy="${place.split(',')[1]}" r="3" fill="#06c"/>`,
    ),
    '</svg>',
    '',
  ].join('\n');
}

const text = (words: string, x: number, y: number, anchor: 'middle' | 'end'): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${words}</text>`;
