// SPDX-License-Identifier: MIT
/** What a scenario looks at in its final states: the variables of its conditions, else its plain variables. */

import type { World } from '../interpreter/draft.ts';
import { RaisedFinding } from '../interpreter/raised.ts';
import type { State } from '../interpreter/state.ts';
import { viewOf } from '../interpreter/state-view.ts';
import { evaluateState } from '../interpreter/state-expression.ts';
import type { CellType, Program, ScalarType, StateExpr } from '../program/index.ts';

/** One value, its name and how it is printed. */
export interface Observed {
  readonly name: string;
  readonly expression: StateExpr;
  readonly type: ScalarType;
}

const PLAIN: readonly CellType['kind'][] = ['int', 'bool', 'enum', 'errno', 'pte', 'ref'];
/** Variables shown where no condition names any. */
const MOST = 6;
const COUNT: ScalarType = { kind: 'int', min: 0, max: Number.MAX_SAFE_INTEGER };

function isScalar(type: CellType): type is ScalarType {
  return PLAIN.includes(type.kind);
}

/** The variables in an expression, outermost first; what hangs on a pointer is left to its condition. */
function variablesIn(expression: StateExpr, world: World): readonly Observed[] {
  switch (expression.kind) {
    case 'load':
      return cellAt(expression, expression.address, world);
    case 'thread-local': {
      const { name = '?', proc = -1 } = world.program.threads[expression.thread] ?? {};
      const local = world.program.procs[proc]?.locals[expression.slot];
      return local === undefined
        ? []
        : [{ name: `${name}.${local.name}`, expression, type: local.type }];
    }
    case 'finished': {
      const name = world.program.threads[expression.thread]?.name ?? '?';
      return [{ name: `${name} finished`, expression, type: { kind: 'bool' } }];
    }
    case 'inspect': {
      const name = fixedName(expression.address, world);
      const text = `${expression.what}(${name ?? ''})`;
      return name === null ? [] : [{ name: text, expression, type: COUNT }];
    }
    case 'unary':
      return variablesIn(expression.a, world);
    case 'binary':
      return [...variablesIn(expression.a, world), ...variablesIn(expression.b, world)];
    case 'conditional':
      return [expression.test, expression.then, expression.else].flatMap((each) =>
        variablesIn(each, world),
      );
    case 'const':
    case 'object':
    case 'local':
    case 'field':
    case 'element':
      return [];
  }
}

/** Address of an expression that is the same in all states; null for others. */
function fixedAddress(expression: StateExpr, world: World): number | null {
  if (expression.kind === 'object')
    return (world.layout.objects[expression.object] ?? 0) + expression.cell;
  if (expression.kind !== 'field') return null;
  const base = fixedAddress(expression.base, world);
  return base === null ? null : base + expression.cells;
}

function fixedName(expression: StateExpr, world: World): string | null {
  const address = fixedAddress(expression, world);
  return address === null ? null : (world.layout.cells[address]?.name ?? null);
}

function cellAt(expression: StateExpr, at: StateExpr, world: World): readonly Observed[] {
  const address = fixedAddress(at, world);
  const cell = address === null ? undefined : world.layout.cells[address];
  if (cell === undefined || !isScalar(cell.type)) return [];
  return [{ name: cell.name, expression, type: cell.type }];
}

/** Each variable once. */
export function observedWhat(program: Program, world: World): readonly Observed[] {
  const named = program.expectations.flatMap((expectation) => {
    const { kind } = expectation;
    const isAsked = kind === 'always' || kind === 'never' || kind === 'sometimes';
    return isAsked ? variablesIn(expectation.condition, world) : [];
  });
  const found = new Map(named.map((each) => [each.name, each]));
  if (found.size > 0) return [...found.values()];
  return program.objects
    .flatMap((_, object): readonly Observed[] => {
      const address: StateExpr = { kind: 'object', object, cell: 0 };
      return cellAt({ kind: 'load', address }, address, world);
    })
    .slice(0, MOST);
}

export function observedNames(observed: readonly Observed[]): readonly string[] {
  return observed.map(({ name }) => name);
}

/** `?` for what cannot be read in this state. */
export function observedValues(
  world: World,
  state: State,
  observed: readonly Observed[],
): readonly string[] {
  const scope = { program: world.program, layout: world.layout, view: viewOf(state), locals: [] };
  return observed.map(({ expression, type }) => {
    try {
      return world.printer.scalar(type, evaluateState(expression, scope));
    } catch (error) {
      if (error instanceof RaisedFinding) return '?';
      throw error;
    }
  });
}
