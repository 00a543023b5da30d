// SPDX-License-Identifier: MIT
/** A template as the front end gets it: a name, a text, and the way back to the .ts file. */

import type { Place } from '@hmmlab/dsl';

/** A part of the text. */
export interface Piece {
  /** Offset in the text. */
  readonly start: number;
  readonly end: number;
  /** Index of the raw text that it is part of, or of the interpolation. */
  readonly index: number;
  /** Where it begins in that raw text; null for an interpolation. */
  readonly from: number | null;
}

/** A text and where it comes from. */
export interface Assembled {
  readonly text: string;
  /** In order, without gaps. */
  readonly pieces: readonly Piece[];
  /** Templates whose definitions belong to it, by what is written after `import`. */
  readonly included: ReadonlyMap<string, TemplateSource>;
}

/** A place without its file. */
export type Area = Omit<Place, 'file'>;

/** A template that can be compiled. */
export interface TemplateSource extends Assembled {
  /** Unlike that of any other template; only inside of a compilation. */
  readonly name: string;
  /** The file for people, relative to `root`, and its whole text. */
  readonly shown: { readonly file: string; readonly text: string };
  /** Absolute; or null if the source was not found. */
  readonly path: string | null;
  /** What imports may not leave. */
  readonly root: string;
  /** From places in the template's text to places in the file for people. */
  readonly places: PlaceMap;
}

/** Gives the place in the file; a place in an interpolated value is all of its `${...}`. */
export type PlaceMap = (area: Area) => Area;
