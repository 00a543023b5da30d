// SPDX-License-Identifier: MIT
/** The codes of names, profiles and structure (2xxx) and of kinds and static checks (3xxx). */

// table
const rows = [
  { code: 'HMM2001', name: 'unknown-name', title: 'a name that is declared nowhere' },
  { code: 'HMM2002', name: 'duplicate-name', title: 'a name that is declared twice' },
  {
    code: 'HMM2003',
    name: 'unknown-type',
    title: 'a struct, enum or ops interface that is declared nowhere',
  },
  { code: 'HMM2004', name: 'unknown-thread', title: 'a thread that the scenario does not have' },
  {
    code: 'HMM2005',
    name: 'unknown-proc',
    title: 'a call or command that names no proc, verb or primitive',
  },
  { code: 'HMM2006', name: 'unknown-field', title: 'a field that the struct does not have' },
  { code: 'HMM2007', name: 'ambiguous-name', title: 'a bare field name that fits several objects' },
  {
    code: 'HMM2008',
    name: 'unknown-label',
    title: 'a label that the proc or thread does not have',
  },
  { code: 'HMM2009', name: 'unknown-word', title: 'a word that means nothing at this place' },
  { code: 'HMM2010', name: 'other-profile', title: 'a word of another profile' },
  { code: 'HMM2011', name: 'unknown-profile', title: 'a profile or driver that does not exist' },
  { code: 'HMM2012', name: 'one-core', title: 'several cores at one place' },
  { code: 'HMM2013', name: 'import-missing', title: 'an imported file that cannot be read' },
  { code: 'HMM2014', name: 'import-cycle', title: 'files that import each other' },
  { code: 'HMM2015', name: 'extends-cycle', title: 'profiles that extend each other' },
  {
    code: 'HMM2016',
    name: 'nothing-to-replace',
    title: 'replace or remove of a name that the base does not have, or still needs',
  },
  {
    code: 'HMM2017',
    name: 'replace-missing',
    title: 'a second definition of a name of the base without replace',
  },
  {
    code: 'HMM2018',
    name: 'no-world-hook',
    title: 'a world word that neither core nor driver explains',
  },
  { code: 'HMM2019', name: 'size-limit', title: 'a model larger than the limits' },
  { code: 'HMM2020', name: 'duplicate-test', title: 'two scenarios or instances of one name' },
  { code: 'HMM2021', name: 'misplaced', title: 'a statement or name where it cannot stand' },
  {
    code: 'HMM2022',
    name: 'goto-into-scope',
    title: 'a goto past the declaration of a local struct',
  },
  { code: 'HMM2023', name: 'unreachable', title: 'a statement that no control flow leads to' },
  { code: 'HMM2024', name: 'unused', title: 'a declaration that nothing uses' },
  {
    code: 'HMM2025',
    name: 'no-pool',
    title: 'an allocation of a struct that the scenario has no pool for',
  },
  {
    code: 'HMM2026',
    name: 'no-such-bound',
    title: 'an expectation within a bound that the search does not have',
  },
  { code: 'HMM3001', name: 'kind-mismatch', title: 'a value of one kind where another is needed' },
  {
    code: 'HMM3002',
    name: 'primitive-mismatch',
    title: 'a lock or other primitive of one kind where another is expected',
  },
  { code: 'HMM3003', name: 'argument-mismatch', title: 'missing, surplus or misnamed arguments' },
  {
    code: 'HMM3004',
    name: 'constant-out-of-range',
    title: 'a constant that its variable or type cannot hold',
  },
  {
    code: 'HMM3005',
    name: 'not-constant',
    title: 'an expression where a compile-time constant is needed',
  },
  { code: 'HMM3006', name: 'dot-or-arrow', title: 'a dot where an arrow belongs, or the reverse' },
  {
    code: 'HMM3007',
    name: 'not-assignable',
    title: 'an assignment to something that cannot be assigned',
  },
  { code: 'HMM3008', name: 'result-mismatch', title: 'a missing or surplus result' },
  {
    code: 'HMM3009',
    name: 'callback-mismatch',
    title: 'a function that does not fit the slot it is given to',
  },
  { code: 'HMM3010', name: 'driver-misfit', title: 'a driver that does not fit the core' },
  {
    code: 'HMM3011',
    name: 'not-in-condition',
    title: 'something a condition over states cannot contain',
  },
  { code: 'HMM3012', name: 'recursive-struct', title: 'a struct that contains itself' },
  {
    code: 'HMM3013',
    name: 'mirror-mismatch',
    title: 'a mirroring table that does not fit what it mirrors',
  },
  { code: 'HMM3014', name: 'outside-vma', title: 'pages outside the vma' },
  {
    code: 'HMM3015',
    name: 'hook-mismatch',
    title: 'a world hook whose parameters do not fit its word',
  },
  {
    code: 'HMM3016',
    name: 'not-atomic',
    title: 'something inside an atomic block that cannot be part of one step',
  },
  {
    code: 'HMM3017',
    name: 'not-for-seq',
    title: 'something that a sequence counter cannot do',
  },
  {
    code: 'HMM3018',
    name: 'not-checked',
    title: 'an expectation about a finding that the scenario does not check for',
  },
  {
    code: 'HMM3019',
    name: 'guard-mismatch',
    title: 'a `guarded_by` that names no lock',
  },
  {
    code: 'HMM3020',
    name: 'holder-mismatch',
    title: 'a holder that cannot hold what a counter counts',
  },
  {
    code: 'HMM3021',
    name: 'holds-mismatch',
    title: 'a `holds` that names no counter of what is referred to',
  },
] as const;

/** A code of this folder; a new error needs a row to compile. */
export type CheckCode = (typeof rows)[number]['code'];

/** Rows of the 2xxx and 3xxx codes, in order. */
export const checkCodes: readonly {
  readonly code: CheckCode;
  readonly name: string;
  readonly title: string;
}[] = rows;
