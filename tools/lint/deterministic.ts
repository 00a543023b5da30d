// Lint rule: same input, same bytes. Nothing that differs between two runs or two machines, and
// nothing asynchronous: no clock, randomness, timers, locale, environment, promises or console.
import type { Rule } from './rule.ts';

const bannedGlobals = new Set([
  'Date',
  'FinalizationRegistry',
  'Intl',
  'Promise',
  'WeakRef',
  'console',
  'crypto',
  'fetch',
  'globalThis',
  'performance',
  'process',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
]);

const bannedMethods = new Set([
  'localeCompare',
  'toLocaleLowerCase',
  'toLocaleString',
  'toLocaleUpperCase',
]);

export const deterministic: Rule = {
  meta: { type: 'problem', docs: { description: 'Same input, same bytes' } },
  create(context) {
    const asynchronous = 'nothing asynchronous here: the caller owns time';
    return {
      'Program:exit'() {
        const scope = context.sourceCode.scopeManager.globalScope;
        const globals = scope?.variables.filter((variable) => variable.defs.length === 0) ?? [];
        const uses = [...(scope?.through ?? []), ...globals.flatMap((global) => global.references)];
        for (const { identifier } of new Set(uses)) {
          if (bannedGlobals.has(identifier.name))
            context.report({
              message: `no '${identifier.name}' here: same input, same bytes`,
              node: identifier,
            });
        }
      },
      MemberExpression(node) {
        const { object, property } = node;
        const name =
          property.type === 'Identifier' && !node.computed
            ? property.name
            : property.type === 'Literal' && String(property.value);
        if (name === false) return;
        const isRandom =
          name === 'random' && object.type === 'Identifier' && object.name === 'Math';
        if (isRandom || bannedMethods.has(name))
          context.report({ message: `no '${name}' here: same input, same bytes`, node });
      },
      ':function'(node) {
        if ('async' in node && node.async) context.report({ message: asynchronous, node });
      },
      AwaitExpression: (node) => context.report({ message: asynchronous, node }),
      ImportExpression: (node) => context.report({ message: asynchronous, node }),
    };
  },
};
