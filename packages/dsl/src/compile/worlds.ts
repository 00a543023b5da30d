// SPDX-License-Identifier: MIT
/** World words of a scenario: creates their objects and says which hooks the set-up calls. */

import { declaredType, startOf } from '../check/declarator.ts';
import { listed } from '../check/listed.ts';
import { convert } from '../check/convert.ts';
import type { CountingWorlds } from '../check/holders.ts';
import type { At } from '../check/problems.ts';
import { resolveType } from '../check/resolve-type.ts';
import { signatureOf } from '../check/signature.ts';
import type { Initial, ObjectInfo, ProcInfo, Type } from '../check/symbols.ts';
import type { Env, Typed } from '../check/typed.ts';
import { isScalar, sameType, typeText } from '../check/types.ts';
import type {
  Expr,
  Ident,
  Node,
  ScenarioItem,
  WorldDevice,
  WorldRange,
  WorldVariable,
  WorldVma,
} from '../syntax/ast.ts';
import type { Objects } from './objects.ts';
import type { PageLayout } from './page-layout.ts';
import { limits } from '../check/limits.ts';
import { constantNumber } from '../check/constant.ts';

/** A hook the set-up calls, with constant arguments. */
export interface HookCall {
  readonly hook: ProcInfo;
  readonly args: readonly HookArgument[];
  readonly node: Node;
}

export type HookArgument =
  | { readonly kind: 'object'; readonly object: ObjectInfo }
  | { readonly kind: 'number'; readonly value: number };

/** A start value that only an instruction can give: the address of another object. */
export interface StartStore {
  readonly object: ObjectInfo;
  readonly value: Typed;
  readonly node: Node;
}

export interface WorkqueueDraft {
  readonly object: ObjectInfo;
  readonly workers: number;
  readonly at: At;
}

export interface WorldsResult {
  readonly calls: readonly HookCall[];
  readonly stores: readonly StartStore[];
  readonly workqueues: readonly WorkqueueDraft[];
  /** The mm that each device of the scenario mirrors. */
  readonly devices: ReadonlyMap<ObjectInfo, ObjectInfo>;
  readonly counting: CountingWorlds;
}

const ZERO: Initial = { kind: 'number', value: 0 };

/** Creates the objects of all world items, in source order. */
export function createWorlds(
  items: readonly ScenarioItem[],
  objects: Objects,
  pages: PageLayout,
  env: Env,
  declareUse: (at: At, what: string) => void,
): WorldsResult {
  const worlds = new Worlds(objects, pages, env, declareUse);
  for (const item of items) worlds.add(item);
  return worlds;
}

class Worlds implements WorldsResult {
  readonly calls: HookCall[] = [];
  readonly stores: StartStore[] = [];
  readonly workqueues: WorkqueueDraft[] = [];
  readonly devices = new Map<ObjectInfo, ObjectInfo>();
  readonly counting = new Map<ObjectInfo, Pick<WorldVariable, 'heldBy' | 'holds'>>();
  readonly #mms = new Set<ObjectInfo>();
  readonly #objects: Objects;
  readonly #pages: PageLayout;
  readonly #env: Env;
  readonly #declareUse: (at: At, what: string) => void;

  constructor(
    objects: Objects,
    pages: PageLayout,
    env: Env,
    declareUse: (at: At, what: string) => void,
  ) {
    this.#objects = objects;
    this.#pages = pages;
    this.#env = env;
    this.#declareUse = declareUse;
  }

  add(item: ScenarioItem): void {
    switch (item.kind) {
      case 'world-variable':
        this.#variable(item);
        return;
      case 'world-mm':
        for (const name of item.names) {
          const mm = this.#hooked('mm', name, item, []);
          if (mm !== null) this.#mms.add(mm);
        }
        return;
      case 'world-vma':
        this.#vma(item);
        return;
      case 'world-device':
        this.#device(item);
        return;
      case 'world-range':
        this.#range(item);
        return;
      default:
        return;
    }
  }

  #variable(item: WorldVariable): void {
    const { source, scope, problems } = this.#env;
    const place = { source, scope, problems };
    const base = resolveType(item.type, place);
    for (const declarator of item.declarators) {
      const at = { source, node: declarator.name };
      const type = declaredType(base, declarator, place);
      const inner = type.kind === 'array' ? type.of : type;
      const queue = inner.kind === 'primitive' && inner.primitive === 'workqueue';
      if (type.kind === 'error') {
        this.#objects.addBroken(declarator.name.name, at);
        continue;
      }
      const { initial } = declarator;
      const pointer = type.kind === 'pointer' && initial !== null && initial.kind !== 'null';
      const own = pointer || queue ? { ...declarator, initial: null } : declarator;
      const start = startOf(type, own, place);
      const object = this.#objects.add(declarator.name.name, type, at, start, {
        guardedBy: item.guardedBy,
      });
      this.#declareUse(at, `\`${declarator.name.name}\` is never used`);
      if (object === null) continue;
      if (item.heldBy !== null || item.holds !== null) this.counting.set(object, item);
      if (queue) this.#workqueue(object, initial, at);
      if (pointer)
        this.stores.push({
          object,
          value: convert(this.#env.value(initial), type, this.#env),
          node: declarator,
        });
    }
  }

  #workqueue(object: ObjectInfo, initial: Expr | null, at: At): void {
    const { scope, problems } = this.#env;
    const workers = initial === null ? 1 : (constantNumber(at, initial, scope, problems) ?? 1);
    const place = { source: at.source, node: initial ?? at.node };
    if (object.type.kind === 'array')
      problems.error(
        'HMM3001',
        at,
        'workqueues come one by one',
        'declare each with a name of its own',
      );
    else if (workers < 1 || workers > limits.workers)
      problems.error('HMM2019', place, `${workers} workers; there can be 1 to ${limits.workers}`);
    else this.workqueues.push({ object, workers, at });
  }

  #vma(item: WorldVma): void {
    const mm = this.#named(item.on, (object) => this.#mms.has(object), 'an mm', 'mm');
    const place = this.#pages.vmas.get(item);
    const kind = this.#vmaKind(item);
    if (mm === null || place === undefined || kind === null) {
      this.#broken(item.name);
      return;
    }
    const words = new Set(item.attributes.map((word) => word.name));
    const flags = words.has('none') ? [0, 0] : words.has('ro') ? [1, 0] : [1, 1];
    const numbers = [place.start, place.end, ...flags, kind, Number(words.has('present'))];
    const args: readonly HookArgument[] = [
      { kind: 'object', object: mm },
      ...numbers.map((value) => ({ kind: 'number', value }) as const),
    ];
    this.#hooked('vma', item.name, item, args, { mm, ...place });
  }

  /** Number of the enum member a kind word stands for; null once reported. */
  #vmaKind(item: WorldVma): number | null {
    const { source, scope, problems } = this.#env;
    const found = scope.type('vma_kind');
    const members = found?.kind === 'enum' ? found.members : [];
    const access = ['rw', 'ro', 'none', 'present'];
    let kind = Math.max(0, members.indexOf('ANON'));
    let wrong = false;
    for (const word of item.attributes) {
      if (access.includes(word.name)) continue;
      const index = members.indexOf(word.name.toUpperCase());
      if (index >= 0) kind = index;
      else if (found !== null || scope.hook('vma') !== null) {
        const known = listed([...access, ...members.map((member) => member.toLowerCase())]);
        problems.error(
          'HMM2009',
          { source, node: word },
          `a vma is not \`${word.name}\``,
          `it can be ${known}`,
        );
        wrong = true;
      }
    }
    return wrong ? null : kind;
  }

  #device(item: WorldDevice): void {
    const mm = this.#named(item.mirrors, (object) => this.#mms.has(object), 'an mm', 'mm');
    if (mm === null) {
      this.#broken(item.name);
      return;
    }
    const device = this.#hooked('device', item.name, item, [{ kind: 'object', object: mm }]);
    if (device !== null) this.devices.set(device, mm);
  }

  #range(item: WorldRange): void {
    if (!this.#createRange(item)) this.#broken(item.name);
  }

  /** False once something is reported. */
  #createRange(item: WorldRange): boolean {
    const { source, problems } = this.#env;
    const device = this.#named(item.on, (object) => this.devices.has(object), 'a device', 'device');
    const pages = convert(this.#env.value(item.pages), { kind: 'pages' }, this.#env);
    if (device === null || pages.kind !== 'pages') return false;
    const at = { source, node: item.pages };
    const { start, end } = pages;
    if (start.kind !== 'const' || end.kind !== 'const') {
      problems.error(
        'HMM3005',
        at,
        'the pages of a range must be known before the scenario starts',
      );
      return false;
    }
    const mm = this.devices.get(device);
    if (
      pages.mm.kind === 'address' &&
      pages.mm.place.kind === 'object' &&
      pages.mm.place.object !== mm
    ) {
      const message = `\`${device.name}\` mirrors \`${mm?.name ?? ''}\`, and these pages are of \`${pages.mm.place.object.name}\``;
      problems.error('HMM3014', at, message);
      return false;
    }
    const range = this.#hooked('range', item.name, item, [
      { kind: 'object', object: device },
      { kind: 'number', value: start.value },
      { kind: 'number', value: end.value },
    ]);
    return range !== null;
  }

  #broken(name: Ident): void {
    this.#objects.addBroken(name.name, { source: this.#env.source, node: name });
  }

  /** Creates the object of a world word by its hook, and notes the call. */
  #hooked(
    word: string,
    name: Ident,
    node: Node,
    args: readonly HookArgument[],
    vma: ObjectInfo['vma'] = null,
  ): ObjectInfo | null {
    const { source, scope, problems } = this.#env;
    const hook = scope.hook(word);
    const at = { source, node: name };
    if (hook === null) {
      const help = 'use a core that knows it, such as `use linux/5.3`';
      this.#broken(name);
      problems.error('HMM2018', at, `nothing here says what \`${word}\` is`, help);
      return null;
    }
    const { params } = signatureOf(hook, problems);
    const self = params[0]?.type;
    if (self?.kind !== 'pointer' || self.to.kind !== 'struct') {
      this.#broken(name);
      if (self?.kind !== 'error') {
        const message = `the first parameter of \`world ${word}\` is the object it sets up`;
        problems.error('HMM3015', hook.at, message, 'write `struct_name *self`');
      }
      return null;
    }
    const object = this.#objects.add(name.name, self.to, at, ZERO, vma === null ? {} : { vma });
    if (object === null || !this.#fits(hook, args)) return null;
    const all: readonly HookArgument[] = [{ kind: 'object', object }, ...args];
    this.calls.push({ hook, args: all.slice(0, params.length), node });
    return object;
  }

  /** A hook may leave trailing parameters out; those it has must be of the right kinds. */
  #fits(hook: ProcInfo, args: readonly HookArgument[]): boolean {
    const { problems } = this.#env;
    const params = signatureOf(hook, problems).params.slice(1);
    const most = args.length;
    if (params.length > most) {
      problems.error(
        'HMM3015',
        hook.at,
        `\`world ${hook.name}\` has ${params.length + 1} parameters, ${most + 1} at most are given`,
      );
      return false;
    }
    const wrong = params.find(({ type }, i) => !argumentFits(args[i], type));
    if (wrong === undefined) return true;
    const given = args[params.indexOf(wrong)];
    const what = given?.kind === 'object' ? typeText(given.object.type) : 'a number';
    const at = { source: hook.at.source, node: wrong.node };
    problems.error('HMM3015', at, `\`${wrong.name}\` is ${typeText(wrong.type)}, and gets ${what}`);
    return false;
  }

  #named(
    name: Ident,
    fits: (object: ObjectInfo) => boolean,
    what: string,
    word: string,
  ): ObjectInfo | null {
    const { source, scope, problems } = this.#env;
    const found = scope.values.get(name.name);
    const at = { source, node: name };
    if (found?.kind === 'object' && fits(found)) {
      this.#env.use(found);
      return found;
    }
    if (found?.kind === 'object' && found.type.kind === 'error') return null;
    if (scope.hook(word) === null) {
      problems.error(
        'HMM2018',
        at,
        `nothing here says what \`${word}\` is`,
        'use a core that knows it, such as `use linux/5.3`',
      );
      return null;
    }
    const message =
      found === undefined
        ? `there is no ${word} \`${name.name}\``
        : `\`${name.name}\` is not ${what}`;
    problems.error('HMM2001', at, message, `declare it before: \`${word} ${name.name}\``);
    return null;
  }
}

function argumentFits(arg: HookArgument | undefined, type: Type): boolean {
  if (arg === undefined || type.kind === 'error') return true;
  if (arg.kind === 'object') return type.kind === 'pointer' && sameType(type.to, arg.object.type);
  return isScalar(type) && type.kind !== 'pointer' && type.kind !== 'ops' && type.kind !== 'pte';
}
