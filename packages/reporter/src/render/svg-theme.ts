// SPDX-License-Identifier: MIT
/** Colours of a picture. The signs beside the rows say the same without them. */

export interface Theme {
  readonly ground: string;
  readonly text: string;
  readonly quiet: string;
  readonly failing: string;
  readonly passing: string;
  readonly note: string;
  readonly band: string;
  readonly box: string;
  readonly line: string;
}

const LIGHT: Theme = {
  ground: '#ffffff',
  text: '#1f2328',
  quiet: '#59636e',
  failing: '#b3261e',
  passing: '#116329',
  note: '#0550ae',
  band: '#ffebe9',
  box: '#eaeef2',
  line: '#d1d9e0',
};

const DARK: Theme = {
  ground: '#0d1117',
  text: '#e6edf3',
  quiet: '#9198a1',
  failing: '#ff9a92',
  passing: '#7ee787',
  note: '#79c0ff',
  band: '#3c1618',
  box: '#262c36',
  line: '#3d444d',
};

/** Contrasts of text and ground are at least 4.5 to 1 in both (WCAG 2.1, AA). */
export function svgTheme(name: 'light' | 'dark'): Theme {
  return name === 'dark' ? DARK : LIGHT;
}
