// SPDX-License-Identifier: MIT
/** Colours of the command's own lines. They only repeat what the text says. */

import { createColors, getDefaultColors } from 'tinyrainbow';

type Colors = ReturnType<typeof getDefaultColors>;

/** Colour functions; without `color` they change nothing, whatever the environment says. */
export function paint(color: boolean): Pick<Colors, 'red' | 'yellow' | 'green' | 'dim' | 'bold'> {
  return color ? createColors({ force: true }) : getDefaultColors();
}
