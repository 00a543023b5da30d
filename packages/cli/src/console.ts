// SPDX-License-Identifier: MIT
/** What commands may know of the outside: two streams, a folder, and whether somebody said stop. */

/** A stream of text; `color` and `isTerminal` as the environment has them. */
export interface TextStream {
  write(text: string): void;
  readonly color: boolean;
  readonly isTerminal: boolean;
}

/** Where lines come from. */
export interface LineInput {
  readonly isTerminal: boolean;
  /** Shows the prompt, if anybody sees it, and waits for a line; null at the end of the input or on Ctrl-C. */
  ask(prompt: string): Promise<string | null>;
  /** Nothing will be asked any more. */
  close(): void;
}

/** Given to every command by `main`, and by tests. */
export interface Console {
  /** Somebody types there. */
  readonly inputIsTerminal: boolean;
  /** Opened by whoever reads it. */
  readonly openInput: () => LineInput;
  readonly out: TextStream;
  readonly err: TextStream;
  /** Columns of the terminal; 100 where there is none. */
  readonly width: number;
  /** Absolute; file names in output are relative to it. */
  readonly folder: string;
  /** True from the moment of Ctrl-C or SIGTERM, or when nobody reads the output any more. */
  readonly interrupted: () => boolean;
  /** True once each time that somebody has asked for a checkpoint (SIGUSR1). */
  readonly checkpointAsked: () => boolean;
  /** Nobody looks at what is left out: in a continuous integration. */
  readonly ci: boolean;
}
