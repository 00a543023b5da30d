// SPDX-License-Identifier: MIT
/** How far a search is, in one line. */

import type { Pace, Progress } from '@hmmlab/runtime';

/**
 * `12 s: 84,833 states, 7,070 states/s, 3,100 to go, 12 MB, about 20 s left`; of traces
 * `12 s: 3,328 schedules, 270 schedules/s, 31 planned, 1 MB, about 20 s left`.
 */
export function progressText(progress: Progress, { rate, left }: Pace, elapsedMs: number): string {
  const { states, traces, frontier, bytes } = progress;
  const noun = traces === undefined ? 'states' : 'schedules';
  const parts = [
    `${counted(traces ?? states)} ${noun}`,
    ...(rate > 0 ? [`${counted(Math.round(rate))} ${noun}/s`] : []),
    `${counted(frontier)} ${traces === undefined ? 'to go' : 'planned'}`,
    `${counted(Math.ceil(bytes / 2 ** 20))} MB`,
    ...leftText(left),
  ];
  return `${Math.floor(elapsedMs / 1000)} s: ${parts.join(', ')}`;
}

function leftText(left: Pace['left']): readonly string[] {
  switch (left.kind) {
    case 'unknown':
      return [];
    case 'growing':
      return ['growing'];
    case 'about':
      return [`about ${duration(left.milliseconds)} left`];
  }
}

/** `20 s`, `3 min`, `5 h`, `2 days`. */
function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${counted(Math.round(seconds / 86_400))} days`;
}

function counted(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
