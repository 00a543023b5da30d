// SPDX-License-Identifier: MIT
/** Which type the cell at an address has, as far as the address expression tells. */

import type { CellType, Expr, Program, ScalarType } from '@hmmlab/runtime/program';
import type { Frame } from './frames.ts';
import type { Memory } from './memory.ts';
import { Untranslatable } from './untranslatable.ts';

interface World {
  readonly program: Program;
  readonly memory: Memory;
}

interface Known extends World {
  readonly frame: Frame;
}

/** The type that all cells have which the address may lead to, or null. */
export function knownType(
  address: Expr,
  frame: Frame,
  { program, memory }: World,
): CellType | null {
  const [first, ...others] = cellTypes(address, 0, { program, memory, frame });
  const differs = others.some((type) => JSON.stringify(type) !== JSON.stringify(first));
  return first === undefined || differs ? null : first;
}

/** @throws Untranslatable if the cells it may lead to differ in type, or nothing is known */
export function cellTypeAt(address: Expr, frame: Frame, world: World): CellType {
  const type = knownType(address, frame, world);
  if (type === null) throw new Untranslatable('an access to cells of several types');
  return type;
}

/** Types of the cells at `address + offset`. */
function cellTypes(address: Expr, offset: number, known: Known): readonly CellType[] {
  switch (address.kind) {
    case 'object': {
      const base = (known.memory.objects[address.object] ?? 0) + address.cell;
      return [known.memory.cells[base + offset]?.type ?? []].flat();
    }
    case 'field':
      return cellTypes(address.base, offset + address.cells, known);
    case 'element': {
      const places = Array.from({ length: address.length }, (_, i) => i * address.stride);
      return places.flatMap((place) => cellTypes(address.base, offset + place, known));
    }
    case 'conditional':
      return [address.then, address.else].flatMap((way) => cellTypes(way, offset, known));
    case 'local':
      return behind(known.frame.proc.locals[address.slot]?.type, offset, known);
    default:
      return [];
  }
}

function behind(type: ScalarType | undefined, offset: number, known: Known): readonly CellType[] {
  if (type?.kind !== 'ref') return [];
  const { to } = type;
  if (to.kind === 'struct')
    return [known.program.structs[to.struct]?.cells[offset]?.type ?? []].flat();
  return known.memory.cells.slice(1).flatMap((cell) => {
    const fits = to.kind === 'scalar' || cell.type.kind === to.primitive;
    return fits ? [cell.type] : [];
  });
}
