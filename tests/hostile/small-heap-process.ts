// SPDX-License-Identifier: MIT
/** What is said about the hostile files, one line of JSON each; for a process that is started with a small heap. */

import { hostileCases } from './cases.ts';
import { judge } from './judge.ts';

for (const { name, text } of hostileCases) {
  const start = performance.now();
  const judgement = judge(text());
  console.log(JSON.stringify({ name, judgement }));
  if (process.argv.includes('--times')) console.error(name, Math.round(performance.now() - start));
}
