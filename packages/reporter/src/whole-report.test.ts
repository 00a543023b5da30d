import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createReport } from './create-report.ts';
import { renderTerminal } from './render/terminal.ts';
import { textWidth } from './render/text-width.ts';
import type { Row } from './report.ts';
import type { Deed } from './testing/build-case.ts';
import { buildCase } from './testing/build-case.ts';

const threads = ['A', 'a long thread name', 'B', 'unused'];
const built = buildCase({ title: 't', file: 't.hmm', threads, source: 'code' });

const deed: fc.Arbitrary<Deed> = fc
  .record({
    thread: fc.constantFrom('A', 'a long thread name', 'B'),
    text: fc.constantFrom('load x -> 1', 'up_read m', 'x'.repeat(90)),
    procs: fc.constantFrom<readonly string[]>([], ['hmm_range_fault'], ['f', 'p'.repeat(70)]),
    changes: fc.subarray(['m: free -> read A', `x: 0 -> ${'1'.repeat(80)}`]),
  })
  .map(({ thread, text, ...more }) => [thread, 1, text, { at: 'code', ...more }]);

const deeds = fc.array(deed, { maxLength: 40 });

/** Numbers of the steps that rows of these signs show or count. */
function numbers(rows: readonly Row[], signs: string): number[] {
  return rows
    .filter((row) => signs.includes(row.sign))
    .flatMap((row) =>
      row.kind === 'step'
        ? [row.number]
        : Array.from({ length: row.count }, (_, index) => row.from + index),
    );
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

test('of any two schedules every step is shown or counted once, in order, inside the width', () => {
  const width = fc.integer({ min: 60, max: 200 });
  fc.assert(
    fc.property(deeds, deeds, deeds, width, (beginning, more, others, columns) => {
      const failing = built.trace([...beginning, ...more]);
      const passing = built.trace([...beginning, ...others]);
      const verdict = built.verdict({ name: 'assertion', object: 'm' });
      const report = createReport({ ...built, verdict, findingIndex: 0, failing, passing });
      expect(numbers(report.rows, ' +')).toEqual(upTo(failing.steps.length));
      expect(numbers(report.rows, ' -')).toEqual(upTo(passing.steps.length));
      const text = renderTerminal(report, { width: columns, color: false });
      for (const line of text.split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(columns);
    }),
    { numRuns: 200 },
  );
});
