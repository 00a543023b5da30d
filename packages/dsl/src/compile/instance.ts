// SPDX-License-Identifier: MIT
/** One instance of a scenario: its names, objects, procs, expectations, and the Program made of them. */

import type { Program } from '@hmmlab/runtime/program';
import { constantNumber, constantOf } from '../check/constant.ts';
import { declare } from '../check/declare.ts';
import { expressionOf } from '../check/expression.ts';
import { limits } from '../check/limits.ts';
import { requireStruct } from '../check/resolve-type.ts';
import { createScope } from '../check/scope.ts';
import { tableProcs } from '../check/signature.ts';
import type { Initial, ProcInfo, Scope, StructInfo, ThreadInfo } from '../check/symbols.ts';
import type { Env } from '../check/typed.ts';
import type { Definition, ScenarioItem } from '../syntax/ast.ts';
import { assemble } from './assemble.ts';
import type { InstanceContext } from './body.ts';
import { chosenChecks } from './chosen-checks.ts';
import { checkScope, discard } from './check-scope.ts';
import { declareThreads } from './declare-threads.ts';
import { compileExpectations, compileInvariants } from './expectations.ts';
import type { InstanceInput } from './instance-input.ts';
import { findMirrors, rejectPooledMirrors } from './mirrors.ts';
import { Numbering } from './numbering.ts';
import type { MadeProc } from './numbering.ts';
import { Objects } from './objects.ts';
import { notHere } from './not-here.ts';
import { Orders } from './orders.ts';
import { layPages } from './page-layout.ts';
import type { PageLayout } from './page-layout.ts';
import { Pools } from './pools.ts';
import type { ProcDraft } from './proc.ts';
import { compileProc, compileThread } from './proc.ts';
import { compileRestriction } from './restriction.ts';
import { declarationOf } from './scopes.ts';
import { compileSetup } from './setup.ts';
import { compileThreads } from './threads.ts';
import { createWorlds } from './worlds.ts';

/** The Program of an instance. After reported errors it is not to be used. */
export function compileInstance(input: InstanceInput): Program {
  return new InstanceCompiler(input).compile();
}

class InstanceCompiler {
  readonly #input: InstanceInput;
  readonly #numbering: Numbering;
  readonly #scope: Scope;
  /** What of the scopes that instances share has been checked. */
  readonly #checked: Set<object>;
  readonly #pages: PageLayout;
  readonly #objects: Objects;
  readonly #pools: Pools;
  readonly #threads = new Map<string, ThreadInfo>();
  readonly #drafts = new Map<object, ProcDraft>();
  readonly #orders = new Orders();
  readonly #unreached: Program['unreached'][number][] = [];
  readonly #context: InstanceContext;
  readonly #env: Env;

  constructor(input: InstanceInput) {
    const { problems, source, scenario, world, scopes } = input;
    this.#input = input;
    this.#numbering = new Numbering(source);
    const unsized = scenarioScope(input, scopes.of(world, null).file);
    this.#pages = layPages(scenario, source, unsized, problems);
    const { file, checked } = scopes.of(world, this.#pages);
    this.#scope = scenarioScope(input, file);
    this.#checked = checked;
    const intern = (initial: Initial): number => this.#numbering.initial(initial);
    this.#objects = new Objects(this.#scope, problems, intern);
    this.#pools = new Pools(problems, intern);
    this.#context = this.#createContext();
    this.#env = this.#createEnv(false);
  }

  compile(): Program {
    const { scenario, source, usage, problems, worldNames, worlds } = this.#input;
    const [context, env, numbering, pools] = [
      this.#context,
      this.#env,
      this.#numbering,
      this.#pools,
    ];
    this.#declareHeapPools();
    const created = createWorlds(scenario.items, this.#objects, this.#pages, env, (at, what) =>
      usage.declare(at, what),
    );
    declareThreads(this.#input, this.#scope, this.#threads);
    this.#orders.declare(scenario, { env, usage, objects: this.#objects, numbering });
    const mirrors = findMirrors(this.#objects.infos, created.devices, problems);
    const setup = compileSetup(scenario, source, created, mirrors, {
      numbering,
      env,
      heapPool: () => 0,
    });
    const setupNumber = setup === null ? null : this.#made('set-up', () => setup);
    const checked = discard(context, source);
    const threads = compileThreads([...this.#threads.values()], created.workqueues, {
      numbering,
      problems,
      drafts: this.#drafts,
      made: (name, make) => this.#made(name, make),
      body: (thread) => compileThread(thread, this.#scope, thread.present ? context : checked),
    });
    this.#compileReachable();
    rejectPooledMirrors(pools.drafts, problems);
    const poolNames = new Set(pools.drafts.map((pool) => pool.name));
    const workers = new Map(created.workqueues.map((queue) => [queue.object.name, queue.workers]));
    const checks = chosenChecks(scenario, source, problems);
    const conditions = {
      env: this.#createEnv(true),
      numbering,
      worldNames,
      worlds,
      workers,
      poolNames,
      checks,
      restriction: compileRestriction(scenario, { env, numbering }),
    };
    const program = assemble({
      input: this.#input,
      numbering,
      objects: this.#objects,
      pools,
      drafts: this.#drafts,
      threads,
      setup: setupNumber,
      mirrors,
      scope: this.#scope,
      counting: created.counting,
      expectations: compileExpectations(scenario, conditions),
      invariants: compileInvariants(scenario, conditions),
      unreached: this.#unreached,
      restriction: conditions.restriction,
      allowed: this.#allowed(),
      checks,
    });
    const done = (proc: ProcInfo): boolean => this.#drafts.has(proc);
    checkScope(this.#scope, source, context, { done, checked: this.#checked, warns: true });
    this.#noteObserved();
    return program;
  }

  #made(name: string, make: () => ProcDraft): number {
    const key: MadeProc = { kind: 'made', name };
    const number = this.#numbering.procs.number(key);
    this.#drafts.set(key, make());
    return number;
  }

  /** Procs are compiled as they are found to be called; ops tables may add some. */
  #compileReachable(): void {
    const { procs, tables } = this.#numbering;
    const { problems } = this.#input;
    for (let proc = 0, table = 0; proc < procs.items.length || table < tables.items.length;) {
      const next = procs.items[proc];
      if (next !== undefined) {
        proc++;
        if (next.kind === 'proc') this.#drafts.set(next, compileProc(next, this.#context));
        continue;
      }
      const info = tables.items[table++];
      const entries: readonly (ProcInfo | null)[] =
        info === undefined ? [] : tableProcs(info, problems);
      for (const entry of entries) if (entry !== null) procs.number(entry);
    }
  }

  #declareHeapPools(): void {
    const { scenario, source, problems, usage } = this.#input;
    for (const item of scenario.items) {
      if (item.kind !== 'pool') continue;
      const at = { source, node: item.struct };
      const struct = requireStruct(item.struct, { source, scope: this.#scope, problems });
      const capacity = constantNumber({ source, node: item }, item.capacity, this.#scope, problems);
      if (struct === null || capacity === null) continue;
      if (capacity < 1 || capacity > limits.cells) {
        const message = `a pool of ${capacity}; there can be 1 to ${limits.cells}`;
        problems.error('HMM2019', { source, node: item.capacity }, message);
        continue;
      }
      if (this.#pools.heap(struct) !== null)
        problems.error('HMM2002', at, `struct ${struct.name} has two pools`);
      const span = this.#numbering.span(source, item);
      this.#pools.add({ name: struct.name, struct, capacity, owner: null, span });
      usage.declare(at, 'nothing allocates from this pool');
    }
  }

  #allowed(): ReadonlySet<string> {
    const { scenario, source, problems } = this.#input;
    const known = ['signals', 'spurious_wakeups', 'allocation_failure'];
    const names = scenario.items.flatMap((item) => (item.kind === 'allow' ? item.names : []));
    for (const name of names) {
      if (known.includes(name.name)) continue;
      const message = `\`${name.name}\` cannot be allowed`;
      problems.error(
        'HMM2009',
        { source, node: name },
        message,
        `what can be is ${known.join(', ')}`,
      );
    }
    return new Set(names.map((name) => name.name));
  }

  #createContext(): InstanceContext {
    const { problems, usage, elsewhere, world } = this.#input;
    return {
      problems,
      usage,
      elsewhere: notHere(elsewhere, world),
      orders: this.#orders,
      numbering: this.#numbering,
      threads: this.#threads,
      use: (object) => usage.use(object.at.node),
      heapPool: (struct) => this.#heapPool(struct),
      scopePool: (name, struct, span, owner) =>
        this.#pools.add({ name, struct, span, owner, capacity: null }),
      standIn: (type, at) => this.#pools.standIn(type, at, this.#scope),
      unreached: (span, reason) => this.#unreached.push({ span, reason }),
    };
  }

  #heapPool(struct: StructInfo): number | null {
    const { scenario, usage } = this.#input;
    for (const item of scenario.items)
      if (item.kind === 'pool' && item.struct.name === struct.name) usage.use(item.struct);
    return this.#pools.heap(struct);
  }

  #createEnv(overStates: boolean): Env {
    const { source, problems } = this.#input;
    const env: Env = {
      source,
      problems,
      elsewhere: this.#context.elsewhere,
      overStates,
      scope: this.#scope,
      bareMembers: true,
      threads: this.#threads,
      unknown: new Set(),
      local: () => null,
      localNames: () => [],
      use: this.#context.use,
      value: (expr) => expressionOf(expr, env),
    };
    return env;
  }

  /** Locals that expectations read are used. */
  #noteObserved(): void {
    for (const thread of this.#threads.values())
      for (const { slot, node } of thread.locals.values())
        if (thread.observed.has(slot)) this.#input.usage.use(node);
  }
}

/** The scenario's level, with its parameters and definitions. */
function scenarioScope(input: InstanceInput, file: Scope): Scope {
  const { scenario, source, problems, usage } = input;
  const scope = createScope('scenario', file, (value) => {
    const node = declarationOf(value);
    if (node !== null) usage.use(node);
  });
  for (const { loop, value } of input.parameters) {
    const { name } = loop.name;
    const constant = constantOf({ source, node: value }, value, file, problems);
    usage.declare({ source, node: loop.name }, `parameter \`${name}\` is never used`);
    if (constant !== null)
      scope.values.set(name, { kind: 'constant', name, ...constant, declared: loop.name });
  }
  const own = scenario.items.filter(isDefinition);
  declare(
    own.map((def) => ({ def, source })),
    scope,
    problems,
  );
  return scope;
}

function isDefinition(item: ScenarioItem): item is Definition {
  return ['const', 'enum', 'struct', 'ops', 'ops-table', 'proc', 'verb', 'world'].includes(
    item.kind,
  );
}
