// SPDX-License-Identifier: MIT
/** Texts that the grammar itself derives: whatever the parser knows comes up, without a list to keep. */

import {
  Alternation,
  type IProduction,
  NonTerminal,
  Option,
  RepetitionMandatory,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
  type Rule,
  Terminal,
  type TokenType,
} from 'chevrotain';
import { fileParser } from '../file-parser.ts';
import * as t from '../tokens.ts';
import type { Random } from '../../testing/random.ts';

const images = new Map<TokenType, string>(
  [...t.markTypes, ...t.wordTypes].map(([image, type]) => [type, image]),
);
const names = ['x', 'y', 'm', 'f', 'A', 'range', 'list', 'out', '__proto__'];
const samples: ReadonlyMap<TokenType, readonly string[]> = new Map([
  [t.Identifier, names],
  [t.Int, ['0', '1', '2', '0x1f', '2147483647']],
  [t.Str, ['"s"', '"linux/5.3"', '""', '"\\"\\n"']],
  [t.BareProfile, ['linux/5.3', 'mine']],
  [t.Newline, ['\n']],
  [t.RangeEnd, [')']],
]);

/** Derives texts of the rule `file`. */
export class GrammarText {
  readonly #rules = fileParser().getGAstProductions();
  readonly #heights = new Heights(this.#rules);
  readonly #random: Random;
  #words: string[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  /** @param depth rules inside of each other, beyond which nothing optional is derived */
  text(depth: number): string {
    this.#words = [];
    this.#all(this.#rule('topItem').definition, depth);
    let text = '';
    for (const word of this.#words) text += word + this.#gap(word);
    return text;
  }

  #gap(word: string): string {
    if (word === '\n') return '';
    if (/[\w"]$/.test(word)) return this.#random.once(3) ? '' : ' ';
    return this.#random.once(12) ? '\n' : ' ';
  }

  #rule(name: string): Rule {
    const rule = this.#rules[name];
    if (rule === undefined) throw new Error(`there is no rule ${name}`);
    return rule;
  }

  #all(productions: readonly IProduction[], depth: number): void {
    for (const production of productions) this.#one(production, depth);
  }

  #one(production: IProduction, depth: number): void {
    if (production instanceof Terminal) this.#words.push(this.#image(production.terminalType));
    else if (production instanceof NonTerminal)
      this.#all(production.referencedRule.definition, depth - 1);
    else if (production instanceof Alternation) this.#alternative(insideOf(production), depth);
    else if (production instanceof Option) {
      if (depth > 0 && this.#random.once(2)) this.#all(insideOf(production), depth - 1);
    } else this.#repeated(production, depth);
  }

  #alternative(alternatives: readonly IProduction[], depth: number): void {
    const heights = alternatives.map((each) => this.#heights.sequence(insideOf(each)));
    const lowest = Math.min(...heights);
    const possible = alternatives.filter((_, i) => depth > 0 || heights[i] === lowest);
    this.#all(insideOf(this.#random.of(possible)), depth - 1);
  }

  #repeated(production: IProduction, depth: number): void {
    const times = (isMandatory(production) ? 1 : 0) + (depth > 0 ? this.#random.below(3) : 0);
    for (let i = 0; i < times; i++) {
      if (i > 0 && separates(production)) this.#words.push(this.#image(production.separator));
      this.#all(insideOf(production), depth - 1);
    }
  }

  #image(type: TokenType): string {
    const image = images.get(type);
    if (image !== undefined) return image;
    const inside = samples.get(type) ?? this.#members(type);
    return this.#random.of(inside);
  }

  #members(category: TokenType): readonly string[] {
    return [...t.kindsOf([category])].flatMap((type) => images.get(type) ?? []);
  }
}

/** What a production that is neither a token nor a rule is made of. */
function insideOf(production: IProduction): readonly IProduction[] {
  return 'definition' in production ? (production.definition as readonly IProduction[]) : [];
}

function isMandatory(production: IProduction): boolean {
  return (
    production instanceof RepetitionMandatory ||
    production instanceof RepetitionMandatoryWithSeparator
  );
}

function separates(
  production: IProduction,
): production is RepetitionWithSeparator | RepetitionMandatoryWithSeparator {
  return (
    production instanceof RepetitionWithSeparator ||
    production instanceof RepetitionMandatoryWithSeparator
  );
}

/** How deep the shallowest derivation of a production is. */
class Heights {
  readonly #rules = new Map<string, number>();

  constructor(rules: Readonly<Record<string, Rule>>) {
    for (let changed = true; changed;) {
      changed = false;
      for (const [name, rule] of Object.entries(rules)) {
        const height = 1 + this.sequence(rule.definition);
        changed ||= height !== (this.#rules.get(name) ?? Infinity);
        this.#rules.set(name, height);
      }
    }
  }

  sequence(productions: readonly IProduction[]): number {
    return Math.max(0, ...productions.map((production) => this.#of(production)));
  }

  #of(production: IProduction): number {
    if (production instanceof NonTerminal)
      return this.#rules.get(production.nonTerminalName) ?? Infinity;
    if (production instanceof Alternation)
      return Math.min(...insideOf(production).map((each) => this.sequence(insideOf(each))));
    return isMandatory(production) ? this.sequence(insideOf(production)) : 0;
  }
}
