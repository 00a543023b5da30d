// SPDX-License-Identifier: MIT
/**
 * A checkpoint in a file: a line with the version of this form, a line that says how long the parts are,
 * the header as JSON, the tables as they are in memory, a line with a checksum of all before. It is
 * replaced in one step, so that whenever the process ends there is an old one or a new one.
 */

import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { endianness } from 'node:os';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Checkpoint, CheckpointHeader, CheckpointTables } from '@hmmlab/runtime';
import { type CliError, cliError } from './codes.ts';
import { version } from './commands/version.ts';

const MAGIC = 'hmmlab checkpoint ';
const FIRST_LINE = `${MAGIC}1\n`;
/** The two lines at the beginning are shorter. */
const MOST_OPENING = 4096;
const LAST_LINE = 'crc32 00000000\n'.length;
/** Bytes read and written at a time. */
const CHUNK = 2 ** 26;

/** The second line. */
interface Opening {
  /** Version of the command: another one may learn other numbers. */
  readonly hmm: string;
  readonly byteOrder: string;
  /** Bytes of the header. */
  readonly header: number;
  /** Numbers in each table. */
  readonly tables: Readonly<Record<keyof CheckpointTables, number>>;
}

/** A checkpoint, or what is wrong with the file. */
export type ReadCheckpoint =
  | { readonly kind: 'checkpoint'; readonly checkpoint: Checkpoint }
  | { readonly kind: 'error'; readonly error: CliError };

/** Throws what the file system says; the file is then as it was. */
export function writeCheckpoint(file: string, { header, tables }: Checkpoint): void {
  const draft = `${file}.tmp`;
  try {
    const fd = openSync(draft, 'w');
    try {
      writeParts(fd, Buffer.from(JSON.stringify(header)), tables);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(draft, file);
  } catch (thrown) {
    rmSync(draft, { force: true });
    throw thrown;
  }
  syncFolder(dirname(file));
}

function writeParts(fd: number, header: Uint8Array, tables: CheckpointTables): void {
  const lengths = mapTables((name) => tables[name].length);
  const opening: Opening = {
    hmm: version(),
    byteOrder: endianness(),
    header: header.length,
    tables: lengths,
  };
  const first = Buffer.from(`${FIRST_LINE}${JSON.stringify(opening)}\n`);
  let checksum = 0;
  const parts = Object.values(mapTables((name) => bytesOf(tables[name])));
  for (const part of [first, header, ...parts]) {
    for (const chunk of chunksOf(part)) {
      writeAll(fd, chunk);
      checksum = crc32(chunk, checksum);
    }
  }
  writeAll(fd, Buffer.from(lastLine(checksum)));
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done);
}

/** A renamed file is safe once its folder is; not every system can do that. */
function syncFolder(folder: string): void {
  try {
    const fd = openSync(folder, 'r');
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch {
    // The file itself is complete, old or new, in any case.
  }
}

/** Why a checkpoint cannot be written there, tried before a long search; null if it can. */
export function cannotWrite(file: string): string | null {
  try {
    if (existsSync(file) && !mayReplace(file)) return 'it exists and is no checkpoint';
    const draft = `${file}.tmp`;
    closeSync(openSync(draft, 'w'));
    rmSync(draft);
    return null;
  } catch (thrown) {
    return String(thrown);
  }
}

/** A checkpoint or an empty file, not somebody's scenarios. */
function mayReplace(file: string): boolean {
  return withFile(file, (fd) => {
    const begin = Buffer.alloc(MAGIC.length);
    const length = readSync(fd, begin, 0, begin.length, 0);
    return length === 0 || begin.toString('latin1') === MAGIC;
  });
}

/** Reads a file, whatever is in it. */
export function readCheckpoint(file: string, name: string): ReadCheckpoint {
  try {
    return withFile(file, (fd) => readParts(fd, name));
  } catch (thrown) {
    const missing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
    const message = missing
      ? `there is no file '${name}'`
      : `'${name}' cannot be read: ${String(thrown)}`;
    const error = cliError('file-not-readable', message, null);
    return { kind: 'error', error };
  }
}

function withFile<T>(file: string, work: (fd: number) => T): T {
  const fd = openSync(file, 'r');
  try {
    return work(fd);
  } finally {
    closeSync(fd);
  }
}

function readParts(fd: number, name: string): ReadCheckpoint {
  const { size } = fstatSync(fd);
  const begin = readAll(fd, Buffer.alloc(Math.min(size, MOST_OPENING)), 0);
  const [first = '', second = ''] = begin.toString('latin1').split('\n', 2);
  if (!first.startsWith(MAGIC)) return damaged(name, 'it is no checkpoint');
  if (`${first}\n` !== FIRST_LINE) return otherVersion(name, `its form is '${first}'`);
  const opening = openingOf(second);
  if (opening === null) return damaged(name, 'its second line cannot be read');
  if (opening.hmm !== version()) {
    return otherVersion(name, `hmm ${opening.hmm} made it, and this is hmm ${version()}`);
  }
  if (opening.byteOrder !== endianness()) {
    return otherVersion(name, `a machine with ${opening.byteOrder} byte order made it`);
  }
  const start = FIRST_LINE.length + second.length + 1;
  const end = start + lengthOf(opening);
  if (size !== end + LAST_LINE) {
    return damaged(name, `it has ${size} bytes, and ${end + LAST_LINE} are expected`);
  }
  let at = start;
  let checksum = crc32(begin.subarray(0, start));
  const take = (bytes: Uint8Array): void => {
    for (const chunk of chunksOf(bytes)) {
      checksum = crc32(readAll(fd, chunk, at), checksum);
      at += chunk.length;
    }
  };
  const header = Buffer.alloc(opening.header);
  take(header);
  const tables = mapTables((table) => new Int32Array(opening.tables[table]));
  for (const table of Object.values(tables)) take(bytesOf(table));
  const last = readAll(fd, Buffer.alloc(LAST_LINE), end).toString('latin1');
  if (last !== lastLine(checksum)) return damaged(name, 'its checksum is wrong');
  // The checksum says that this version of the command wrote it.
  const parsed = JSON.parse(header.toString('utf8')) as CheckpointHeader;
  return { kind: 'checkpoint', checkpoint: { header: parsed, tables } };
}

function readAll<T extends Uint8Array>(fd: number, bytes: T, position: number): T {
  for (let done = 0; done < bytes.length;) {
    const read = readSync(fd, bytes, done, bytes.length - done, position + done);
    if (read === 0) throw new Error('the file ended while it was read');
    done += read;
  }
  return bytes;
}

/** Null if the line is none. */
function openingOf(line: string): Opening | null {
  try {
    const opening = JSON.parse(line) as Opening;
    return Number.isSafeInteger(lengthOf(opening)) ? opening : null;
  } catch {
    return null;
  }
}

/** Bytes of header and tables. */
function lengthOf({ header, tables }: Opening): number {
  const lengths = [header, ...Object.values(mapTables((name) => tables[name] * 4))];
  return lengths.reduce((sum, length) => (length >= 0 ? sum + length : Number.NaN), 0);
}

/** Something for each table, in the order in which they are in the file. */
function mapTables<T>(of: (name: keyof CheckpointTables) => T): Record<keyof CheckpointTables, T> {
  return {
    vectors: of('vectors'),
    targets: of('targets'),
    codes: of('codes'),
    codeNumbers: of('codeNumbers'),
    first: of('first'),
    known: of('known'),
    ends: of('ends'),
    blocked: of('blocked'),
    others: of('others'),
  };
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}

function lastLine(checksum: number): string {
  return `crc32 ${checksum.toString(16).padStart(8, '0')}\n`;
}

function damaged(name: string, why: string): ReadCheckpoint {
  const help = 'begin the search again, or resume another checkpoint';
  const error = cliError('checkpoint-damaged', `'${name}' cannot be resumed: ${why}`, help);
  return { kind: 'error', error };
}

function otherVersion(name: string, why: string): ReadCheckpoint {
  const help = 'resume it with the version that made it, or begin the search again';
  const error = cliError('checkpoint-version', `'${name}' is of another version: ${why}`, help);
  return { kind: 'error', error };
}
