import type { Finding, Verdict } from '@hmmlab/runtime/program';
import { expect, test } from 'vitest';
import { renderSummary } from './summary.ts';
import { vfioDeadlock } from './testing/vfio-deadlock.ts';

const { program, verdict } = vfioDeadlock();
const coverage = '412 states, 1,107 transitions, all schedules';
const reserved = 'assuming no allocation failure, no signals; not checked: livelock';

function summary(change: Partial<Verdict>): string {
  return renderSummary(program, { ...verdict, findings: [], ...change });
}

const [deadlock] = verdict.findings;
const problem = {
  code: 'HMM4901',
  name: 'not_found',
  message: 'expected deadlock on b is not reachable',
  span: program.span,
};

test('holds names its limits', () => {
  expect(summary({ kind: 'holds' })).toBe(`holds; ${coverage}; ${reserved}`);
  expect(
    renderSummary(
      { ...program, profile: 'linux/5.3' },
      { ...verdict, kind: 'holds', findings: [] },
    ),
  ).toBe(`holds in linux/5.3; ${coverage}; ${reserved}`);
});

test('a report that is no failure is not kept quiet', () => {
  const findings = verdict.findings.map((each) => ({
    ...each,
    name: 'stalled_until_timeout',
    fails: false,
  }));
  expect(summary({ kind: 'holds', findings })).toBe(
    `holds, though stalled_until_timeout on memory_lock in fault; ${coverage}; ${reserved}`,
  );
});

test('nothing is said to hold that was not explored whole', () => {
  const partial = { ...verdict.coverage, exhaustive: false };
  expect(summary({ kind: 'holds', coverage: partial })).toMatch(
    /^inconclusive: nothing found so far; .*not all schedules/,
  );
  expect(summary({ kind: 'inconclusive', why: 'state-limit', coverage: partial })).toBe(
    `inconclusive (state-limit): nothing found so far; 412 states, 1,107 transitions, not all schedules (state-limit); ${reserved}`,
  );
});

test('bounds are part of what was explored', () => {
  const bounded = { ...verdict.coverage, exhaustive: false, bounds: ['preemptions 2'] };
  const said = (why: string, outcome: Verdict['outcome']): string =>
    summary({ kind: 'inconclusive', why, outcome, coverage: bounded });
  expect(said('bounded', 'passed')).toMatch(
    /^inconclusive \(bounded\): nothing found; .* all schedules within preemptions 2; /,
  );
  expect(said('bounded', 'inconclusive')).toContain(
    'nothing found, but not every expectation names `within preemptions 2`; ',
  );
  expect(said('sampled', 'passed')).toContain(', some schedules within preemptions 2; ');
  expect(said('state-limit', 'inconclusive')).toContain(
    'not all schedules within preemptions 2 (state-limit)',
  );
});

test('violations: unexpected ones, expected ones, problems', () => {
  const findings = deadlock === undefined ? [] : [deadlock];
  const expected: Finding[] = findings.map((each) => ({ ...each, expectedBy: 0 }));
  expect(summary({ findings })).toMatch(/^violated: deadlock on memory_lock in fault; 412 states/);
  expect(summary({ findings: expected })).toMatch(
    /^violated as expected: deadlock on memory_lock in fault; /,
  );
  expect(summary({ findings, problems: [problem] })).toMatch(/in fault and 1 more; /);
  expect(summary({ kind: 'holds', problems: [problem] })).toMatch(
    /^no finding, but not as expected: not_found: expected deadlock on b is not reachable; /,
  );
});

test('our own mistake is called one, on one line', () => {
  expect(summary({ kind: 'broken', why: 'step not deterministic\n' })).toBe(
    'broken (HMM9001), a mistake of hmmlab itself: step not deterministic\\n',
  );
});
