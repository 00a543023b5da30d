// SPDX-License-Identifier: MIT
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonLiteral, textLiteral } from './json-literal.ts';

const evaluate = (literal: string): unknown => runInNewContext(literal);

test('any JSON value comes back from the literal, and the literal is one harmless line', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const literal = jsonLiteral(value);
      expect(literal).not.toMatch(/[\n\r\u2028\u2029<]/);
      expect(evaluate(literal)).toBe(JSON.stringify(value));
    }),
  );
});

test('any text comes back from its literal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const literal = textLiteral(text);
      expect(literal).not.toMatch(/[\n\r\u2028\u2029<]/);
      expect(evaluate(literal)).toBe(text);
    }),
  );
});

test.each(['</script><script>', '<!--', "'", '\\', '${1}', '`', '\u2028', '\u2029'])(
  'hostile text %j',
  (text) => {
    expect(JSON.parse(String(evaluate(jsonLiteral({ text }))))).toEqual({ text });
    expect(evaluate(textLiteral(text))).toBe(text);
  },
);

test('__proto__ is a key like any other', () => {
  const value: unknown = JSON.parse('{"__proto__":1}');
  const parsed = JSON.parse(String(evaluate(jsonLiteral(value)))) as object;
  expect(Object.keys(parsed)).toEqual(['__proto__']);
});
