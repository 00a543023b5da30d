// SPDX-License-Identifier: MIT
/** Set-up of the unit tests: property tests draw from one seed, so that a run tells the same every time. */

import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['FAST_CHECK_SEED'] ?? 20_190_703) });
