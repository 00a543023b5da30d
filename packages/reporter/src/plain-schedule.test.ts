import { expect, test } from 'vitest';
import { plainSchedule, scheduleLines } from './plain-schedule.ts';
import { nouveauDoubleUnlock } from './testing/nouveau-double-unlock.ts';
import { vfioDeadlock } from './testing/vfio-deadlock.ts';

test('one line per step, threads aligned, no numbers', () => {
  const { program, failing } = vfioDeadlock();
  expect(scheduleLines(program, failing)).toEqual([
    'zap    down_write memory_lock',
    'fault  down_read mmap_sem',
    'mmap   down_write mmap_sem: queues',
    'zap    down_read mmap_sem: queues',
    'fault  down_read memory_lock: queues',
  ]);
});

test('equal steps of two schedules are equal lines', () => {
  const { program, failing, passing } = nouveauDoubleUnlock();
  const lines = scheduleLines(program, failing);
  const others = passing === null ? [] : scheduleLines(program, passing);
  expect(others.slice(0, 8)).toEqual(lines.slice(0, 8));
  expect(lines[12]).toBe('driver   svm_fault: up_read M.mmap_sem');
});

test('steps for JSON say where they are', () => {
  const { program, failing } = nouveauDoubleUnlock();
  expect(plainSchedule(program, failing).at(-1)).toEqual({
    thread: 'driver',
    file: 'scenarios/nouveau/mmap_sem.hmm',
    line: 9,
    column: 19,
    text: 'svm_fault: up_read M.mmap_sem',
  });
});
