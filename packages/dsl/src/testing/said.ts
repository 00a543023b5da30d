// SPDX-License-Identifier: MIT
/** What is said to a piece of text put into a thread, a scenario or a file, for tests. */

import { complaints } from './memory-host.ts';

const threadHead = `struct foo { int n in 0..3; mutex lock; foo *next }
scenario "s" {
struct foo f
struct foo *p
mutex m
spinlock l
wait_queue wq
int x, y
list foo items
thread A {`;

/** Complaints without warnings, as `line:column code message (help)`; lines count from the end of the `head`. */
function said(head: string, text: string, tail: string): readonly string[] {
  const before = head === '' ? 0 : head.split('\n').length;
  return complaints(`${head === '' ? '' : `${head}\n`}${text}\n${tail}`)
    .filter((complaint) => !/ HMM202[34] /.test(complaint))
    .map((complaint) => complaint.replace(/^\d+/, (line) => String(Number(line) - before)));
}

/** To statements of a thread, in a scenario with f, p, m, l, wq, x, y and the list items. */
export function saidInThread(text: string): readonly string[] {
  return said(threadHead, text, '}\n}');
}

/** To items of a scenario with `int x`. */
export function saidInScenario(text: string): readonly string[] {
  return said('scenario "s" {\nint x', text, 'thread A: x = 1\n}');
}

/** To a file, with a scenario behind the text. */
export function saidInFile(text: string): readonly string[] {
  return said('', text, 'scenario "s" {\nint x\nthread A: x = 1\n}');
}
