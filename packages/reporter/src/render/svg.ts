// SPDX-License-Identifier: MIT
/** Reports as one SVG picture, light or dark: lifelines, a dot per step, the loop boxed, what decides marked. */

import type { FindingReport, Report, Row } from '../report.ts';
import { choiceText } from './place.ts';
import type { Theme } from './svg-theme.ts';
import { svgTheme } from './svg-theme.ts';
import { proseLines, textWidth } from './text-width.ts';
import { visible } from './visible.ts';

/** How the picture is drawn. */
export interface SvgOptions {
  readonly theme: 'light' | 'dark';
}

/** Pixels of a cell of the 12 pixel monospace font, of a row, of the margins. */
const CELL = 7.25;
const ROW = 20;
const MARGIN = 16;
const LABEL = 44;
/** Cells of a line of prose above and below the table. */
const PROSE = 110;

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return visible(text).replace(/[&<>"]/g, (mark) => entities[mark] ?? mark);
}

function label(x: number, y: number, text: string, fill: string, extra = ''): string {
  return `<text x="${x}" y="${y}" fill="${fill}"${extra}>${escaped(text)}</text>`;
}

function textOf(row: Row): string {
  if (row.kind === 'fold') return `... ${row.text}`;
  return row.proc === null ? row.text : `${row.proc}: ${row.text}`;
}

function trailOf(row: Row): string {
  if (row.kind === 'fold') return '';
  const notes = row.notes.length === 0 ? [] : [`<- ${row.notes.join(', ')}`];
  return [...row.changes, ...notes].join('   ');
}

interface Geometry {
  /** X of each lifeline, and of the column of changes. */
  readonly lanes: readonly number[];
  readonly trail: number;
  readonly width: number;
}

function pixels(text: string): number {
  return Math.ceil(textWidth(visible(text)) * CELL);
}

/** Texts may run on below the next heads, as in the terminal: lanes stand as far apart as their names need. */
function geometryOf({ threads, rows }: FindingReport): Geometry {
  let x = MARGIN + LABEL;
  const lanes = threads.map((name) => {
    const here = x;
    x += Math.max(110, pixels(name) + 32);
    return here;
  });
  const ends = rows.map(
    (row) =>
      pixels(textOf(row)) + 12 + (row.kind === 'step' ? (lanes[row.lane] ?? 0) : MARGIN + LABEL),
  );
  const trail = Math.max(x, ...ends) + 24;
  const width = Math.max(trail, ...rows.map((row) => trail + pixels(trailOf(row)))) + MARGIN;
  return { lanes, trail, width: Math.max(width, PROSE * CELL + 2 * MARGIN) };
}

function rowParts(row: Row, y: number, { lanes, trail }: Geometry, theme: Theme): string[] {
  const tone = row.sign === '+' ? theme.failing : row.sign === '-' ? theme.passing : theme.text;
  const parts = [label(MARGIN, y, row.sign.trim(), tone)];
  if (row.kind === 'fold')
    return [...parts, label(MARGIN + LABEL, y, textOf(row), theme.quiet, ' font-style="italic"')];
  const x = lanes[row.lane] ?? MARGIN + LABEL;
  const shape = row.environment
    ? `<rect x="${x - 4}" y="${y - 8}" width="8" height="8" fill="none" stroke="${tone}"/>`
    : `<circle cx="${x}" cy="${y - 4}" r="4" fill="${tone}"/>`;
  return [
    ...parts,
    label(MARGIN + 14, y, String(row.number), theme.quiet),
    shape,
    label(x + 10, y, textOf(row), tone),
    label(trail, y, trailOf(row), row.notes.length > 0 ? theme.note : theme.quiet),
  ];
}

/** The band behind the step that decides, and the box around a loop. */
function marks(report: FindingReport, top: number, { width }: Geometry, theme: Theme): string[] {
  const { rows, loopFrom } = report;
  const yOf = (index: number): number => top + index * ROW;
  const band = rows.flatMap((row, index) =>
    row.kind === 'step' && row.notes.includes('decides')
      ? [
          `<rect x="4" y="${yOf(index) - 14}" width="${width - 8}" height="${ROW}" fill="${theme.band}"/>`,
        ]
      : [],
  );
  const first = rows.findIndex(
    (row) =>
      loopFrom !== null &&
      row.sign !== '-' &&
      (row.kind === 'step' ? row.number : row.from) >= loopFrom,
  );
  if (first < 0) return band;
  const height = (rows.length - first) * ROW;
  return [
    ...band,
    `<rect x="6" y="${yOf(first) - 15}" width="${width - 12}" height="${height}" rx="6" fill="none" stroke="${theme.note}" stroke-dasharray="5 3"/>`,
  ];
}

interface Piece {
  readonly parts: readonly string[];
  readonly width: number;
  readonly height: number;
}

function prose(
  text: string,
  y: number,
  fill: string,
  extra = '',
): { parts: string[]; end: number } {
  const lines = proseLines(visible(text), PROSE);
  const parts = lines.map((line, index) => label(MARGIN, y + index * 17, line, fill, extra));
  return { parts, end: y + lines.length * 17 };
}

function tablePiece(report: FindingReport, top: number, theme: Theme): Piece {
  const geometry = geometryOf(report);
  const first = top + 46;
  const bottom = first + report.rows.length * ROW;
  const heads = report.threads.flatMap((name, lane) => {
    const x = geometry.lanes[lane] ?? 0;
    const box = `<rect x="${x - 8}" y="${top}" width="${pixels(name) + 16}" height="22" rx="4" fill="${theme.box}"/>`;
    const line = `<line x1="${x}" y1="${top + 22}" x2="${x}" y2="${bottom - 8}" stroke="${theme.line}"/>`;
    return [box, line, label(x, top + 15, name, theme.text, ' font-weight="bold"')];
  });
  const rows = report.rows.flatMap((row, index) =>
    rowParts(row, first + index * ROW, geometry, theme),
  );
  const parts = [...marks(report, first, geometry, theme), ...heads, ...rows];
  return { parts, width: geometry.width, height: bottom - top };
}

function below({ race, choice, waits }: FindingReport): string[] {
  const decides =
    race !== null
      ? `what decides: the order of two steps on ${race.objects.join(', ')}; ${race.order}`
      : choice === null
        ? []
        : choiceText(choice);
  const cycle = waits.map(({ thread, object, causes }) => {
    const whom = causes.map((cause) => cause.thread).join(', ');
    return `${thread} waits for ${object}${whom === '' ? '' : `, on account of ${whom}`}`;
  });
  return [decides, ...cycle].flat();
}

function pieceOf(report: Report, theme: Theme): Piece {
  const title = `${report.name} (${report.code}): ${report.message}`;
  const head = prose(title, MARGIN + 12, theme.text, ' font-weight="bold"');
  const { file, line } = report.location;
  const where = prose(`${file}:${line}, "${report.scenario}"`, head.end, theme.quiet);
  const table =
    report.kind === 'finding' && report.rows.length > 0
      ? tablePiece(report, where.end + 8, theme)
      : { parts: [], width: PROSE * CELL + 2 * MARGIN, height: 0 };
  let end = where.end + 16 + table.height;
  const rest = [...(report.kind === 'finding' ? below(report) : []), report.coverage].flatMap(
    (text, index, all) => {
      const { parts, end: next } = prose(
        text,
        end,
        index === all.length - 1 ? theme.quiet : theme.text,
      );
      end = next;
      return parts;
    },
  );
  return {
    parts: [...head.parts, ...where.parts, ...table.parts, ...rest],
    width: table.width,
    height: end + MARGIN,
  };
}

/** One picture with all reports, one below the other. It refers to nothing outside of itself. */
export function renderSvg(reports: readonly Report[], { theme: name }: SvgOptions): string {
  const theme = svgTheme(name);
  const pieces = reports.map((report) => pieceOf(report, theme));
  const width = Math.ceil(Math.max(100, ...pieces.map((piece) => piece.width)));
  let y = 0;
  const groups = pieces.map(({ parts, height }) => {
    const group = `<g transform="translate(0 ${y})">\n${parts.join('\n')}\n</g>`;
    y += Math.ceil(height);
    return group;
  });
  const size = `width="${width}" height="${y}" viewBox="0 0 ${width} ${y}"`;
  const font =
    'font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="12"';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${font} xml:space="preserve" role="img">`,
    `<title>${escaped(reports.map((report) => `${report.name}: ${report.message}`).join('; '))}</title>`,
    `<rect width="${width}" height="${y}" fill="${theme.ground}"/>`,
    ...groups,
    '</svg>',
  ].join('\n');
}
