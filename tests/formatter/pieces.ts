// SPDX-License-Identifier: MIT
/** A .hmm file cut where its layout can be changed. Independent of the lexer under test. */

const piece =
  /(\s*)(\/\/[^\n]*|\/\*[^]*?\*\/|"(?:\\.|[^"\\\n])*"|\w+(?:\/[\w.-]+)*|<<=|>>=|->|\.\.|\+\+|--|&&|\|\||[-+*|&^=!<>]=|<<|>>|\S)/gy;

/** A token or comment, and the white space before it. */
export interface Piece {
  readonly gap: string;
  readonly image: string;
}

/** All of a text but white space at its end. */
export function pieces(text: string): readonly Piece[] {
  return [...text.matchAll(piece)].map(([, gap = '', image = '']) => ({ gap, image }));
}

/** The comments of a text, in order, as written. */
export function commentsOf(text: string): readonly string[] {
  const images = pieces(text).map(({ image }) => image.trimEnd());
  return images.filter((image) => image.startsWith('//') || image.startsWith('/*'));
}
