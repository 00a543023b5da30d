// SPDX-License-Identifier: MIT
/** Lists in messages: for people, so never long. */

const most = 12;

/** `a, b, c and 4 more` */
export function listed(items: readonly string[]): string {
  const rest = items.length - most;
  if (rest <= 0) return items.join(', ');
  return `${items.slice(0, most).join(', ')} and ${rest} more`;
}
