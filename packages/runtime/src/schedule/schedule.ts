// SPDX-License-Identifier: MIT
/** A schedule: every choice from the initial state on, in order. Its text form is in `codec.ts`. */

import type { Transition } from '../interpreter/machine.ts';

export type Schedule = readonly Transition[];
