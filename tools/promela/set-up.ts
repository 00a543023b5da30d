// SPDX-License-Identifier: MIT
/** The set-up of a program: all of it before any thread starts, so its borders do not count. */

import type { Model } from './model.ts';
import { transitionBody } from './options.ts';

/** Statements that run it. After a finding in it, nothing starts. */
export function setUp(model: Model): readonly string[] {
  const { setup } = model.program;
  if (setup === null) return [];
  const frame = model.frames.setUp(setup);
  const body = transitionBody(model, null, (steps, end) => steps.run(frame, 0, end));
  return ['failed = 0 - 1', body.toText('true', 'FAIL'), '(failed < 0)'];
}
