// SPDX-License-Identifier: MIT
/** How large a text may be. Nobody writes so much, and what is beyond must not eat the memory. */

/** Tokens and comments of one file together. */
export const mostTokens = 500_000;

/** UTF-16 units of a name, a number or a bare profile name. */
export const longestWord = 255;

/** UTF-16 units of a string as written. */
export const longestString = 4_000;

/** After so many problems with characters or brackets the rest of a file is not looked at. */
export const mostProblems = 10_000;
