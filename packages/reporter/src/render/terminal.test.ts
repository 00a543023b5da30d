import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { createReport } from '../create-report.ts';
import { hostileReport } from '../testing/hostile-report.ts';
import { nouveauDoubleUnlock } from '../testing/nouveau-double-unlock.ts';
import { leakAtTheEnd, longRetry, lostWakeup, stepAside } from '../testing/other-cases.ts';
import { vfioDeadlock } from '../testing/vfio-deadlock.ts';
import { renderTerminal } from './terminal.ts';
import { textWidth } from './text-width.ts';

const cases = { vfioDeadlock, nouveauDoubleUnlock, lostWakeup, leakAtTheEnd, longRetry, stepAside };
const vfio = createReport(vfioDeadlock());

const golden = [
  ['vfio-deadlock', vfioDeadlock, [60, 80, 100, 200]],
  ['nouveau-double-unlock', nouveauDoubleUnlock, [60, 100, 200]],
  ['lost-wakeup', lostWakeup, [100]],
  ['leak-at-the-end', leakAtTheEnd, [60, 100]],
  ['long-retry', longRetry, [100]],
  ['step-aside', stepAside, [60, 100]],
] as const;

test.each(
  golden.flatMap(([name, build, widths]) => widths.map((width) => ({ name, build, width }))),
)('$name at $width columns', async ({ name, build, width }) => {
  const text = renderTerminal(createReport(build()), { width, color: false });
  await expect(`${text}\n`).toMatchFileSnapshot(`../golden/${name}.${width}.txt`);
});

test('a report with its findings about hostile names stays readable', async () => {
  const text = renderTerminal(hostileReport(vfio, '\u001b[2J\u202egnp\nX'), {
    width: 100,
    color: false,
  });
  await expect(`${text}\n`).toMatchFileSnapshot('../golden/hostile-names.100.txt');
});

test.each(Object.entries(cases))('%s never exceeds any width', (_name, build) => {
  const report = createReport(build());
  for (let width = 60; width <= 200; width += 1)
    for (const line of renderTerminal(report, { width, color: false }).split('\n'))
      expect(textWidth(line), line).toBeLessThanOrEqual(width);
});

test.each(Object.entries(cases))('%s says the same without colour', (_name, build) => {
  const report = createReport(build());
  const coloured = renderTerminal(report, { width: 100, color: true });
  expect(coloured).toContain('\u001b[91m');
  expect(stripVTControlCharacters(coloured)).toBe(
    renderTerminal(report, { width: 100, color: false }),
  );
});

test.each(Object.entries(cases))('%s is plain data', (_name, build) => {
  const report = createReport(build());
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});

test('what a thread awaits is a condition, which nobody makes true', () => {
  const waits = vfio.waits.map((wait) => ({
    ...wait,
    action: 'await users == 0',
    object: 'users == 0',
    causes: [],
  }));
  const text = renderTerminal({ ...vfio, waits }, { width: 200, color: false });
  expect(text).toMatch(/ awaits users == 0 \(.*\), nobody is left to make it true$/m);
  expect(text).not.toContain('nobody is left to wake it');
});

test('widths outside 60 to 200 are taken as the nearest one inside', () => {
  const [tooNarrow, narrow, wide, tooWide] = [10, 60, 200, 999].map((width) =>
    renderTerminal(vfio, { width, color: false }),
  );
  expect(tooNarrow).toBe(narrow);
  expect(tooWide).toBe(wide);
  expect(narrow).not.toBe(wide);
});

test('the last line replays', () => {
  const last = renderTerminal(vfio, { width: 200, color: false }).split('\n').at(-1);
  expect(last).toBe(
    'replay: hmm replay scenarios/vfio/zap-against-fault.hmm --scenario ' +
      '"vfio: zap against fault [writer=true]" h1:5f3a9c01:0.1.2',
  );
});

test('the signs survive without colour: each schedule has rows of its own', () => {
  const lines = renderTerminal(vfio, { width: 100, color: false }).split('\n');
  expect(lines.filter((line) => line.startsWith('+ ')).length).toBe(5);
  expect(lines.filter((line) => line.startsWith('- ')).length).toBe(3);
  expect(lines.filter((line) => line.includes('<- decides'))).toHaveLength(1);
});

test('the loop of a lasso is marked, and nothing else', () => {
  const text = renderTerminal(createReport(stepAside()), { width: 100, color: false });
  const lines = text.split('\n');
  const marked = lines.filter((line) => /^[ +-]\|/.test(line));
  expect(marked.map((line) => line.slice(0, 4).trim())).toEqual(['+|2', '+|3', '+|4']);
  expect(marked[0]).toContain('loops from here');
  expect(marked[2]).toContain('back to step 2');
  expect(text).toContain('repeats for ever from step 2 on');
});

test('more threads than columns: each row names its thread', () => {
  const threads = Array.from({ length: 30 }, (_, index) => `thread-number-${index}`);
  const rows = vfio.rows.map((row) => (row.kind === 'step' ? { ...row, lane: 29 } : row));
  const text = renderTerminal({ ...vfio, threads, rows }, { width: 80, color: false });
  expect(text).toContain('thread-number-29  down_read mmap_sem');
});

test('a report that the layout cannot take still names the finding, its steps and the replay', () => {
  const changes: readonly string[] = ['x: 0 -> 1'];
  const rows = vfio.rows.map((row) => ({
    ...row,
    get changes(): readonly string[] {
      if (row.kind === 'step') throw new Error('planted');
      return changes;
    },
  }));
  const text = renderTerminal({ ...vfio, rows }, { width: 80, color: false });
  expect(text).toContain('deadlock (HMM4101)');
  expect(text).toContain('its layout failed: planted (HMM9001, please report)');
  expect(text).toContain('+ 5 fault: down_read memory_lock: queues');
  expect(text).toContain('h1:5f3a9c01:0.1.2');
});
