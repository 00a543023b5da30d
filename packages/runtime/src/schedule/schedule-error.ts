// SPDX-License-Identifier: MIT
/** Makes the errors of schedules (HMM6xxx) from their names in the catalogue. */

import { runtimeCodes } from '../program/findings.ts';
import type { ReplayError } from './trace.ts';

type Name = 'schedule-version' | 'schedule-malformed' | 'schedule-program' | 'schedule-not-enabled';

const codes: ReadonlyMap<string, string> = new Map(runtimeCodes.map((row) => [row.name, row.code]));

/** @param at index of the transition to blame, or null */
export function scheduleError(name: Name, message: string, at: number | null = null): ReplayError {
  return { code: codes.get(name) ?? 'HMM9001', message, at };
}
