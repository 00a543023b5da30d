// SPDX-License-Identifier: MIT
/** For tests of other packages: random .hmm texts. */

export { Random } from './random.ts';
export { GrammarText } from '../syntax/testing/grammar-text.ts';
export { ScenarioText } from './scenario-text.ts';
export { mutate } from './mutate.ts';
