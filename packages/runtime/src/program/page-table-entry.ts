// SPDX-License-Identifier: MIT
/**
 * Page table entries as numbers: `frame * PTE_KINDS.length + kind`. None is 0. A device's table holds the same
 * numbers, of which it uses none, ro and rw.
 */

/** What an entry can be, in the order of its numbers; page frames and swap slots lie above them. */
export const PTE_KINDS = [
  'none',
  'ro',
  'rw',
  'protnone ro',
  'protnone rw',
  'swap',
  'migration ro',
  'migration rw',
  'device private ro',
  'device private rw',
  'device exclusive ro',
  'device exclusive rw',
] as const;

/** One of them. */
export type PteKind = (typeof PTE_KINDS)[number];

/** The number that belongs to a kind: an entry modulo {@link PTE_KINDS}' length. */
export function pteKindNumber(kind: PteKind): number {
  return PTE_KINDS.indexOf(kind);
}

/** The kind of an entry; of a number that is none, null. */
export function pteKind(entry: number): PteKind | null {
  return PTE_KINDS[entry % PTE_KINDS.length] ?? null;
}

/** The page frame of an entry, or its swap slot. */
export function pteFrame(entry: number): number {
  return Math.trunc(entry / PTE_KINDS.length);
}

/** The kinds of present entries, as the kernel's pte_present has it: those without access too. */
export const PRESENT_KINDS: readonly PteKind[] = ['ro', 'rw', 'protnone ro', 'protnone rw'];

/** Whether an entry is of one of {@link PRESENT_KINDS}. */
export function isPresent(entry: number): boolean {
  const kind = pteKind(entry);
  return kind !== null && PRESENT_KINDS.includes(kind);
}

/** `pfn 3 rw`, `swap 1`, `none`. */
export function pteText(entry: number): string {
  const kind = pteKind(entry);
  if (kind === null || kind === 'none') return 'none';
  const frame = pteFrame(entry);
  return kind === 'swap' ? `swap ${frame}` : `pfn ${frame} ${kind}`;
}
