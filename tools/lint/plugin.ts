// The project's own lint rules, as a plugin for oxlint.
import { deterministic } from './deterministic.ts';
import { importBorders } from './import-borders.ts';
import type { Rule } from './rule.ts';

const plugin: { meta: { name: string }; rules: Record<string, Rule> } = {
  meta: { name: 'hmmlab' },
  rules: { deterministic, 'import-borders': importBorders },
};

export default plugin;
