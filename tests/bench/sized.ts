// SPDX-License-Identifier: MIT
/** The text of a scenario file with other values for a scenario's parameters. */

/**
 * The text with the lists of one scenario's parameters replaced.
 *
 * @param parameters such as `N=3, ERROR=0`; lists that are not named stay
 * @throws Error if the scenario has no such parameter
 */
export function sized(text: string, title: string, parameters: string): string {
  const start = text.indexOf(`scenario "${title}"`);
  const lists = parameters === '' ? [] : parameters.split(', ');
  return lists.reduce((sum, parameter) => {
    const [name = '', value = ''] = parameter.split('=');
    const list = new RegExp(`(for ${name} in )\\[[^\\]]*\\]`);
    const rest = sum.slice(start);
    if (!list.test(rest)) throw new Error(`${title} has no parameter ${name}`);
    return sum.slice(0, start) + rest.replace(list, `$1[${value}]`);
  }, text);
}
