import { expect, test } from 'vitest';
import { countTests } from './count-tests.ts';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});

test('a green run', () => {
  const report = {
    numPassedTests: 2,
    numFailedTests: 0,
    testResults: [file('passed', 'passed', 'passed')],
  };
  expect(countTests(report, true)).toEqual({ passed: 2, failed: 0 });
});

test('a file that does not load is one failure', () => {
  const report = {
    numPassedTests: 1,
    numFailedTests: 1,
    testResults: [file('failed', 'passed', 'failed'), file('failed')],
  };
  expect(countTests(report, false)).toEqual({ passed: 1, failed: 2 });
});

test('no test at all is a failure', () => {
  const report = { numPassedTests: 0, numFailedTests: 0, testResults: [] };
  expect(countTests(report, true)).toEqual({ passed: 0, failed: 1 });
});

test('an exit code without a failing test is a failure', () => {
  const report = { numPassedTests: 1, numFailedTests: 0, testResults: [file('passed', 'passed')] };
  expect(countTests(report, false)).toEqual({ passed: 1, failed: 1 });
});
