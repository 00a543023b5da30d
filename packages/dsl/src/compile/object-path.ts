// SPDX-License-Identifier: MIT
/** The printed name of the object an expectation is `on`: `M.mmap_sem`, `nodes[0].lock`. */

import type { Env, Place } from '../check/typed.ts';
import type { Expr } from '../syntax/ast.ts';

/** Null once reported. A bare unique field name gives its full path; a pool or local struct its own name. */
export function objectPath(expr: Expr, env: Env, poolNames: ReadonlySet<string>): string | null {
  if (expr.kind === 'ident' && env.scope.value(expr.name) === null && poolNames.has(expr.name))
    return expr.name;
  const value = env.value(expr);
  if (value.type.kind === 'error') return null;
  const path = value.kind === 'read' || value.kind === 'place' ? pathOf(value.place) : null;
  if (path !== null) return path;
  const at = { source: env.source, node: expr };
  env.problems.error(
    'HMM2021',
    at,
    'this is no object',
    'write a path such as `M.mmap_sem` or `nodes[0].lock`',
  );
  return null;
}

function pathOf(place: Place): string | null {
  switch (place.kind) {
    case 'object':
      return place.object.type.kind === 'array' && place.type.kind !== 'array'
        ? `${place.object.name}[${place.index}]`
        : place.object.name;
    case 'target':
      return null;
    case 'member': {
      const of = pathOf(place.of);
      return of === null ? null : `${of}.${place.field.name}`;
    }
    case 'element': {
      const of = pathOf(place.of);
      return of === null || place.index.kind !== 'const' ? null : `${of}[${place.index.value}]`;
    }
  }
}
