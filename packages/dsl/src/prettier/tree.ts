// SPDX-License-Identifier: MIT
/** The syntax tree without its details: which node holds which, and where. New kinds of nodes need nothing here. */

/** Any node of the tree. */
export interface TreeNode {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/** A child, and the field of its parent in which it is. */
export interface Child {
  readonly field: string;
  readonly node: TreeNode;
}

/** The children of a node in the order of the text; what has no place of its own is seen through. */
export function childrenOf(node: object): readonly Child[] {
  return collect(node).toSorted((a, b) => a.node.start - b.node.start);
}

function collect(node: object): Child[] {
  return Object.entries(node).flatMap(([field, value]: [string, unknown]) =>
    (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((item) => childIn(field, item)),
  );
}

function childIn(field: string, value: unknown): Child[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isTreeNode(value)) return [{ field, node: value }];
  const inner = collect(value);
  if (inner.length === 0) return [];
  const start = Math.min(...inner.map(({ node }) => node.start));
  const end = Math.max(...inner.map(({ node }) => node.end));
  return [{ field, node: { ...value, kind: 'part', start, end } }];
}

function isTreeNode(value: object): value is TreeNode {
  return 'kind' in value && 'start' in value && 'end' in value;
}
