import { expect, test } from 'vitest';
import { renderTerminal } from './render/terminal.ts';
import { reportProblem } from './report-problem.ts';
import { vfioDeadlock } from './testing/vfio-deadlock.ts';

test('a problem is shown at its place, without a schedule', () => {
  const { program, sources, verdict } = vfioDeadlock();
  const span = { file: 0, line: 9, column: 3, endLine: 9, endColumn: 15 };
  const message = 'expected deadlock on memory_lock, which no schedule reaches';
  const problems = [{ code: 'HMM4901', name: 'not_found', message, span }];
  const report = reportProblem(program, { ...verdict, problems }, 0, sources);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  expect(renderTerminal(report, { width: 100, color: false })).toMatchInlineSnapshot(`
    "not_found (HMM4901): expected deadlock on memory_lock, which no schedule reaches
    at scenarios/vfio/zap-against-fault.hmm:9:3 of "vfio: zap against fault [writer=true]"

       8 |
       9 |   expect holds
         |   ^~~~~~~~~~~~
      10 | }

    412 states, 1,107 transitions, all schedules;
    assuming no allocation failure, no signals; not checked: livelock"
  `);
  expect(() => reportProblem(program, verdict, 0, sources)).toThrow(RangeError);
});
