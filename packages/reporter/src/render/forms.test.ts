import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createReport } from '../create-report.ts';
import type { FindingReport } from '../report.ts';
import { hostileReport } from '../testing/hostile-report.ts';
import { nouveauDoubleUnlock } from '../testing/nouveau-double-unlock.ts';
import { stepAside } from '../testing/other-cases.ts';
import { vfioDeadlock } from '../testing/vfio-deadlock.ts';
import { renderMail } from './mail.ts';
import { renderMarkdown } from './markdown.ts';
import { mermaidLines } from './mermaid.ts';
import { renderSvg } from './svg.ts';
import { renderTerminal } from './terminal.ts';
import { textWidth } from './text-width.ts';

const vfio = createReport(vfioDeadlock());
const nouveau = createReport(nouveauDoubleUnlock());

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 90 }),
  fc.integer({ min: 1, max: 90 }).map((count) => '``` '.repeat(count)),
  fc.constantFrom('> x', '---', 'From me', '# x', 'end', '"&<script>;%%', '\u001b[2J\u202e'),
);

/** With lockdep's picture, with the table, with folds. */
const reports = fc
  .tuple(text, fc.constantFrom(vfio, { ...vfio, picture: null }, nouveau))
  .map(([name, report]): FindingReport => {
    const { picture } = report;
    const hostile = hostileReport(report, name);
    return picture === null ? { ...hostile, picture } : hostile;
  });

describe('whatever names contain', () => {
  test('lines of a terminal stay inert and inside the width', () => {
    fc.assert(
      fc.property(reports, fc.integer({ min: 60, max: 200 }), (report, width) => {
        for (const line of renderTerminal(report, { width, color: false }).split('\n')) {
          expect(line).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
          expect(textWidth(line), line).toBeLessThanOrEqual(width);
        }
      }),
    );
  });

  test('a mail keeps to its 72 columns, and to what git and mailers leave alone', () => {
    fc.assert(
      fc.property(reports, (report) => {
        for (const line of renderMail(report).split('\n')) {
          expect(line).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]|\s$|^(?:>|From |#|---|diff |Index: )/u);
          expect(textWidth(line), line).toBeLessThanOrEqual(72);
        }
      }),
    );
  });

  test('Markdown has the blocks that it means to have', () => {
    fc.assert(
      fc.property(reports, (report) => {
        const lines = renderMarkdown(report).split('\n');
        for (const line of lines) expect(line).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
        const opened: string[] = [];
        let fence: string | null = null;
        for (const line of lines) {
          const [, mark = '', info = ''] = /^ {0,3}(`{3,})(\w*) *$/.exec(line) ?? [];
          if (fence === null && mark !== '') {
            fence = mark;
            opened.push(info);
          } else if (fence !== null && info === '' && mark.length >= fence.length) fence = null;
        }
        expect(fence).toBeNull();
        expect(opened).toEqual(['mermaid', 'text', 'sh']);
      }),
    );
  });

  test('a Mermaid line has no mark of the diagram from a name', () => {
    fc.assert(
      fc.property(reports, (report) => {
        for (const line of mermaidLines(report)) {
          const foreign = line.replace(/^ *(?:T\d+-?->>T\d+|Note \w+(?: of)? [T\d,]+): /, '');
          if (foreign !== line)
            expect(foreign.replaceAll(/#\d+;|<br\/>/g, '')).not.toMatch(/[;<>#]/);
        }
      }),
    );
  });

  test('a picture is well-formed', () => {
    fc.assert(
      fc.property(reports, fc.constantFrom('light' as const, 'dark' as const), (report, theme) => {
        const picture = renderSvg([report, report], { theme });
        const bare = picture.replaceAll(
          /<\/?(?:svg|g|text|title|rect|circle|line)(?: [^<>]*)?>/g,
          '',
        );
        expect(bare).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;)/);
        expect(picture).not.toMatch(/NaN|undefined|Infinity/);
      }),
    );
  });
});

describe('names of other scripts', () => {
  const wide = { ...vfio, threads: ['缺页', 'зап', 'mmap'], picture: null };

  test('in a terminal', async () => {
    const shown = renderTerminal(wide, { width: 100, color: false });
    await expect(`${shown}\n`).toMatchFileSnapshot('../golden/wide-names.100.txt');
  });

  test('in a mail', async () => {
    await expect(`${renderMail(wide)}\n`).toMatchFileSnapshot('../golden/wide-names.mail.txt');
  });
});

test('the loop of a lasso is a box in every form', () => {
  const lasso = createReport(stepAside());
  expect(renderMail(lasso)).toContain('Steps 2 to 4 repeat for ever.');
  expect(mermaidLines(lasso).map((line) => line.trim())).toContain('loop for ever');
  expect(renderSvg([lasso], { theme: 'light' })).toContain('stroke-dasharray');
});

test('more threads than columns: each line of a mail names its thread', () => {
  const threads = Array.from({ length: 9 }, (_, index) => `thread-${index}`);
  const rows = vfio.rows.map((row) => (row.kind === 'step' ? { ...row, lane: 8 } : row));
  const mail = renderMail({ ...vfio, threads, rows, picture: null });
  expect(mail).toContain('thread-8: down_read mmap_sem');
  expect(mail).not.toContain('CPU0');
});

test('a problem has no schedule, and every form says what and where', () => {
  const { scenario, code, location, frame, coverage } = vfio;
  const common = { scenario, code, location, frame, coverage };
  const problem = { kind: 'problem', ...common, name: 'not_found', message: 'no leak' } as const;
  for (const shown of [
    renderMail(problem),
    renderMarkdown(problem),
    renderSvg([problem], { theme: 'light' }),
  ]) {
    expect(shown).toMatch(/not\\?_found/);
    expect(shown).toContain('no leak');
    expect(shown).toContain(`${location.file}:${location.line}`);
  }
});
