// SPDX-License-Identifier: MIT
/** Which bits of which 32-bit word each field of a packed state has. No field crosses words. */

const WORD_BITS = 32;
/** Dictionaries of more values than this get a quarter of spare room, so that widths rarely change. */
const SMALL = 4;
/** Values of a flag. */
const FLAG = 2;

/** Bits for the numbers 0 .. count-1; none for a field that never changes. */
function bitsFor(count: number): number {
  return count <= 1 ? 0 : WORD_BITS - Math.clz32(count - 1);
}

/** Bits a field gets that has so many values now. */
export function widthFor(count: number): number {
  return bitsFor(count <= SMALL ? count : Math.ceil(count * 1.25));
}

/** The same where there are few states yet, and nothing is known of how many values there will be. */
export function roomyWidthFor(count: number): number {
  return count <= FLAG ? bitsFor(count) : bitsFor(count) + 2;
}

/** Where a field is: its lowest bit, and its number of bits. */
export interface Place {
  readonly word: number;
  readonly shift: number;
  readonly width: number;
}

const NOWHERE: Place = { word: 0, shift: 0, width: 0 };

/** First fit, widest fields first, in order of their numbers. */
export function packed(widths: readonly number[]): Packing {
  return new Packing(placed(widths, [], []));
}

/**
 * Gives bits that would be left over in the last word to fields that may need them next, the fullest
 * first: room that costs nothing, and spares bringing many states into another form once more.
 *
 * @param sizes values known, by field; flags are known to need no more
 */
export function withSlack(widths: readonly number[], sizes: readonly number[]): readonly number[] {
  const { words } = packed(widths);
  const slack = [...widths];
  const fullness = (field: number): number => (sizes[field] ?? 0) / 2 ** (widths[field] ?? 0);
  const growing = [...widths.keys()].filter((field) => (sizes[field] ?? 0) > FLAG);
  for (const field of growing.toSorted((a, b) => fullness(b) - fullness(a))) {
    const width = widths[field] ?? 0;
    slack[field] = Math.min(width + 1, WORD_BITS - 1);
    if (packed(slack).words > words) slack[field] = width;
  }
  return slack;
}

/**
 * Room for fields that have outgrown theirs. The others stay where they are, unless so much room is
 * lost between them that all of them fit in fewer words.
 */
export function repacked(before: Packing, widths: readonly number[]): Packing {
  const used: number[] = Array.from({ length: before.words }, () => 0);
  for (const field of widths.keys()) use(used, before.place(field));
  const kept = widths.map((width, field) => widened(before.place(field), width, used));
  const patched = new Packing(placed(widths, kept, used));
  const fresh = packed(widths);
  return fresh.words < patched.words ? fresh : patched;
}

function use(used: number[], { word, shift, width }: Place): void {
  used[word] = (used[word] ?? 0) | (maskOf(width) << shift);
}

/**
 * The place with another width, if it has one: bits above it that nobody uses are taken, and are 0 in every state.
 * Null if the field has to move; then its bits are free.
 */
function widened({ word, shift, width }: Place, wanted: number, used: number[]): Place | null {
  if (width === wanted) return { word, shift, width };
  const bits = used[word] ?? 0;
  const more = wanted > width ? (maskOf(wanted - width) << (shift + width)) | 0 : -1;
  if (width > 0 && shift + wanted < WORD_BITS && (bits & more) === 0) {
    used[word] = bits | more;
    return { word, shift, width: wanted };
  }
  used[word] = bits & ~(maskOf(width) << shift);
  return null;
}

function maskOf(width: number): number {
  return 2 ** width - 1;
}

/** Places for the fields that have none yet, in words of which some bits are used. */
function placed(
  widths: readonly number[],
  kept: readonly (Place | null)[],
  used: number[],
): readonly Place[] {
  const places = widths.map((_, field) => kept[field] ?? NOWHERE);
  const open = [...widths.keys()].filter((field) => (kept[field] ?? null) === null);
  for (const field of open.toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))) {
    const width = widths[field] ?? 0;
    if (width === 0) continue;
    if (width >= WORD_BITS) throw new RangeError(`field ${field} has too many values`);
    places[field] = firstFit(width, used);
  }
  return places;
}

/** Takes the first free run of bits. */
function firstFit(width: number, used: number[]): Place {
  const mask = maskOf(width);
  for (let word = 0; ; word += 1) {
    const bits = used[word] ?? 0;
    for (let shift = 0; shift + width <= WORD_BITS; shift += 1) {
      if ((bits & (mask << shift)) !== 0) continue;
      used[word] = bits | (mask << shift);
      return { word, shift, width };
    }
  }
}

export class Packing {
  /** Words of a state, at least one. */
  readonly words: number;
  /** By field. */
  readonly width: Int32Array;
  readonly word: Int32Array;
  readonly shift: Int32Array;
  /** The field's bits, shifted down to bit 0. */
  readonly mask: Int32Array;

  constructor(places: readonly Place[]) {
    const count = places.length;
    this.width = new Int32Array(count);
    this.word = new Int32Array(count);
    this.shift = new Int32Array(count);
    this.mask = new Int32Array(count);
    let last = 0;
    for (const [field, { width, word, shift }] of places.entries()) {
      this.width[field] = width;
      this.word[field] = word;
      this.shift[field] = shift;
      this.mask[field] = maskOf(width);
      last = Math.max(last, word);
    }
    this.words = last + 1;
  }

  /** Whether states of another form are of this one as they are. */
  agreesWith({ words, width, word, shift }: Packing): boolean {
    return (
      words === this.words &&
      width.every(
        (bits, field) =>
          bits === 0 || (word[field] === this.word[field] && shift[field] === this.shift[field]),
      )
    );
  }

  place(field: number): Place {
    const { width, word, shift } = this;
    return { word: word[field] ?? 0, shift: shift[field] ?? 0, width: width[field] ?? 0 };
  }

  /** Whether a field has room for so many values. */
  holds(field: number, count: number): boolean {
    return count <= (this.mask[field] ?? 0) + 1;
  }

  read(vectors: Int32Array, offset: number, field: number): number {
    const word = vectors[offset + (this.word[field] ?? 0)] ?? 0;
    return (word >>> (this.shift[field] ?? 0)) & (this.mask[field] ?? 0);
  }

  write(vectors: Int32Array, offset: number, field: number, value: number): void {
    const place = offset + (this.word[field] ?? 0);
    const shift = this.shift[field] ?? 0;
    const rest = (vectors[place] ?? 0) & ~((this.mask[field] ?? 0) << shift);
    vectors[place] = rest | (value << shift);
  }
}
