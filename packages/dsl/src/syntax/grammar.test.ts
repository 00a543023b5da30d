// SPDX-License-Identifier: MIT
/** Each decision of the grammar, and whole trees. */

import { describe, expect, test } from 'vitest';
import { errors, items, scenario, statements } from '../testing/parsed.ts';
import { printAst } from '../testing/print-ast.ts';

const inThread = (body: string): string => `scenario "s" {\nthread A {\n${body}\n}\n}`;

describe('soft keywords', () => {
  test.each([
    ['range->valid = 1', '(expression expression=(= range->valid 1))'],
    ['work = NULL', '(expression expression=(= work NULL))'],
    ['list++', '(expression expression=(++ list))'],
    ['mm->users--', '(expression expression=(-- mm->users))'],
    ['expect = under.at + on->pages', '(expression expression=(= expect (+ under.at on->pages)))'],
    ['struct = enum', '(expression expression=(= struct enum))'],
    ['mutex.profile = driver[verb]', '(expression expression=(= mutex.profile driver[verb]))'],
    ['unreached = 1', '(expression expression=(= unreached 1))'],
    ['forever = 1', '(expression expression=(= forever 1))'],
    ['forever lock', '(command items=[forever lock])'],
    ['forever { break }', '(while body=(block statements=[(break)]))'],
    ['forever\n{\n}', '(while body=(block))'],
    [
      'int range = vma',
      '(local type=(type name="int") declarators=[(declarator name=range initial=vma)])',
    ],
    ['tags slow, vfio', '(command items=[tags slow vfio])'],
    ['skip = only + todo->check', '(expression expression=(= skip (+ only todo->check)))'],
    ['work work', '(local type=(type name="work") declarators=[(declarator name=work)])'],
  ])('%s', (text, tree) => {
    expect(statements(text)).toEqual([tree]);
  });

  test('threads and loops may be called like them', () => {
    expect(
      scenario('thread driver: exit_mmap list\nthread fault if mm: work++').map((item) =>
        item.slice(0, 40),
      ),
    ).toEqual([
      '(thread name=driver body=(block statemen',
      '(thread name=fault condition=mm body=(bl',
    ]);
  });

  test.each(['in = 1', 'goto while', 'int use', 'x->for = 1'])(
    'reserved words are no names: %s',
    (text) => {
      expect(errors(inThread(text))).toHaveLength(1);
    },
  );
});

describe('declarations and commands', () => {
  test.each([
    [
      'int n in 0..3 = 1, *m',
      '(local type=(type name="int") declarators=[(declarator name=n range=(min=0 max=3) initial=1) (declarator name=m pointer=true)])',
    ],
    [
      'struct foo f',
      '(local type=(type name="foo" tag="struct") declarators=[(declarator name=f)])',
    ],
    [
      'struct foo *p = q',
      '(local type=(type name="foo" tag="struct") declarators=[(declarator name=p pointer=true initial=q)])',
    ],
    [
      'pte_t e = p->ptes[0]',
      '(local type=(type name="pte_t") declarators=[(declarator name=e initial=p->ptes[0])])',
    ],
    ['down_read mmap_sem', '(command items=[down_read mmap_sem])'],
    ['fault range R', '(command items=[fault range R])'],
    ['f a, b c', '(command items=[f a b c])'],
    ['f a (b + 1) (-1)', '(command items=[f a (+ b 1) (- 1)])'],
    ['f a(b) c[1]->d "s" 2 NULL', '(command items=[f (call a b) c[1]->d "s" 2 NULL])'],
    ['f(a)', '(expression expression=(call f a))'],
    ['f(a, block: true)', '(expression expression=(call f a block:true))'],
    ['m->ops->release(m)', '(expression expression=(call m->ops->release m))'],
    ['x = fault range R', '(expression expression=(= x (command items=[fault range R])))'],
    [
      'int r = fault range R',
      '(local type=(type name="int") declarators=[(declarator name=r initial=(command items=[fault range R]))])',
    ],
    ['return fault range R', '(return value=(command items=[fault range R]))'],
    ['return -EBUSY', '(return value=(- EBUSY))'],
    ['x = y', '(expression expression=(= x y))'],
    ['x -= y', '(expression expression=(-= x y))'],
    ['*p = &q', '(expression expression=(= (* p) (& q)))'],
    ['tick', '(command items=[tick])'],
    ['reclaim heap[0..2)', '(command items=[reclaim heap[0..2)])'],
    ['reclaim heap[a(1)..b[(2)]), x', '(command items=[reclaim heap[(call a 1)..b[2]) x])'],
  ])('%s', (text, tree) => {
    expect(statements(text)).toEqual([tree]);
  });

  test.each([
    ['f a, -1', 'HMM1001 3:6-3:7'],
    ['f -1', 'HMM1013 3:1-3:5'],
    ['f (x)', 'HMM1009 3:1-3:4'],
    ['y = f (x)', 'HMM1009 3:5-3:8'],
    ['a == b', 'HMM1013 3:1-3:7'],
    ['a[0]', 'HMM1013 3:1-3:5'],
    ['foo *p = q', 'HMM1012 3:1-3:7'],
    ['reclaim heap[0..2]', 'HMM1010 3:18-3:19'],
    ['x = y = 1', 'HMM1014 3:7-3:8'],
    ['x = y++', 'HMM1001 3:6-3:8'],
  ])('not %s', (text, error) => {
    expect(errors(inThread(text))).toEqual([error]);
  });
});

describe('expressions group as in C', () => {
  test.each([
    [
      'a || b && c | d ^ e & f == g < h << i + j * k',
      '(|| a (&& b (| c (^ d (& e (== f (< g (<< h (+ i (* j k))))))))))',
    ],
    [
      'a * b + c << d < e == f & g ^ h | i && j || k',
      '(|| (&& (| (^ (& (== (< (<< (+ (* a b) c) d) e) f) g) h) i) j) k)',
    ],
    ['a - b - c % d / e', '(- (- a b) (/ (% c d) e))'],
    ['!a->b[c].d', '(! a->b[c].d)'],
    ['-~!a', '(- (~ (! a)))'],
    ['a ? b : c ? d : e', '(? a b (? c d e))'],
    ['(a + b) * (c)', '(* (+ a b) c)'],
    ['a - -b & -c', '(& (- a (- b)) (- c))'],
    ['0x1f + 010 + 0', '(+ (+ 31 8) 0)'],
  ])('%s', (text, tree) => {
    expect(statements(`x = ${text}`)).toEqual([`(expression expression=(= x ${tree}))`]);
  });
});

describe('newlines', () => {
  test.each([
    ['a()\nb()', 2],
    ['a(); b()', 2],
    ['a(1,\n2,\n(3\n))', 1],
    ['x = y[\n0\n]', 1],
    ['x =\n1', 1],
    ['x = a +\nb', 1],
    ['x = p->\nq', 1],
    ['f a,\nb', 1],
    ['if (x)\na()', 1],
    ['if (x)\na()\nelse\nb()', 1],
    ['if (x) {\n}\nelse if (y)\n{\n}\nelse {\n}', 1],
    ['if (x) a(); else b()', 1],
    ['while (x)\na()', 1],
    ['for (;;)\n\n// nothing\na()', 1],
    ['do {\na()\n} while (x)\nb()', 2],
    ['if (x) {\n} while (y)\nb()', 2],
    ['while (x) ;', 1],
    ['while (x);\na()', 2],
    ['a();\n\nb();\n', 2],
    ['x = 1 /* \n */ y = 2', 2],
    ['x = 1\n{\ny = 2\n}', 2],
    ['out:\nx = 1', 2],
    ['unreached "why"\nx = 1', 1],
    ['a()\r\nb()\r\n', 2],
  ])('%j', (text, count) => {
    expect(statements(text)).toHaveLength(count);
  });

  test.each([
    ['x = a\n+ b', 'HMM1001 4:1-4:2'],
    ['do {\n} \nwhile (x)\na()', 'HMM1001 4:2-4:2'],
    ['return\n-x', 'HMM1013 4:1-4:3'],
    ['a() b()', 'HMM1001 3:5-3:6'],
  ])('not %j', (text, error) => {
    expect(errors(inThread(text))).toEqual([error]);
  });

  test('an `if` behind an expectation ends with its line', () => {
    expect(scenario('expect deadlock if (writer)\nexpect holds if (!writer)')).toHaveLength(2);
  });

  test('a header may have its brace on the next line', () => {
    expect(
      items('struct s\n{\nint a\n}\nproc f()\n{\n}\nscenario "a"\n{\nthread A\n{\n}\n}'),
    ).toHaveLength(3);
  });
});

test('lists over several lines may end in a comma', () => {
  const head = 'for x in [\n1,\n2,\n] under [\n"a",\n"b",\n]';
  expect(items(`scenario "s" ${head} {\n}`)).toHaveLength(1);
  expect(errors('scenario "s" under [,] {\n}')).toEqual(['HMM1001 1:21-1:22']);
});

describe('threads and labels', () => {
  test('a thread on one line ends with it', () => {
    expect(scenario('thread A: a(); out: b()\nthread B: c()')).toEqual([
      '(thread name=A body=(block statements=[(expression expression=(call a)) (label name=out) (expression expression=(call b))]))',
      '(thread name=B body=(block statements=[(expression expression=(call c))]))',
    ]);
  });

  test('also after a last semicolon', () => {
    expect(scenario('thread A: a();\nthread B: b(); c(); \n\nexpect holds')).toEqual([
      '(thread name=A body=(block statements=[(expression expression=(call a))]))',
      '(thread name=B body=(block statements=[(expression expression=(call b)) (expression expression=(call c))]))',
      '(expect what=(holds))',
    ]);
  });

  test('or with the closing brace', () => {
    expect(items('scenario "s" { thread A: down_read mmap_sem; fault range R }')).toHaveLength(1);
  });

  test('a block goes on with the line of its brace', () => {
    expect(scenario('thread A: if (x) {\na()\n}; b()\nthread B: c()')).toHaveLength(2);
  });

  test('elsewhere `name :` is a label', () => {
    expect(statements('out: x = 1\nagain:\ngoto out')).toEqual([
      '(label name=out)',
      '(expression expression=(= x 1))',
      '(label name=again)',
      '(goto label=out)',
    ]);
  });

  test('replicated, conditional, daemon', () => {
    expect(scenario('daemon thread r[3] if writer { }')).toEqual([
      '(thread daemon=true name=r count=3 condition=writer body=(block))',
    ]);
  });
});

describe('profile names', () => {
  test.each([
    [
      'use linux/5.3-rc1, drivers/nouveau/5.3 // c',
      '(use names=[(profile-name name="linux/5.3-rc1") (profile-name name="drivers/nouveau/5.3")])',
    ],
    [
      'use linux/5.3,\n  "a b"',
      '(use names=[(profile-name name="linux/5.3") (profile-name name="a b")])',
    ],
    [
      'profile a/b extends c-d.e {}',
      '(profile sort="profile" name=(profile-name name="a/b") extends=(profile-name name="c-d.e"))',
    ],
    [
      'driver d/5.3 for a/1, b/2 extends d/5.2\n{}',
      '(profile sort="driver" name=(profile-name name="d/5.3") extends=(profile-name name="d/5.2") for=[(profile-name name="a/1") (profile-name name="b/2")])',
    ],
    ['import "./mine.hmm"', '(import path="./mine.hmm")'],
  ])('%s', (text, tree) => {
    expect(items(text).map(printAst)).toEqual([tree]);
  });

  test('the words are names elsewhere', () => {
    expect(scenario('use driver\nthread A: driver->profile = profile - driver / 2')).toEqual([
      '(use names=[(profile-name name="driver")])',
      '(thread name=A body=(block statements=[(expression expression=(= driver->profile (- profile (/ driver 2))))]))',
    ]);
  });
});

describe('docs', () => {
  test('belong to what they stand directly above', () => {
    const text =
      '/// a\n/// b\nenum e { A }\n/// lost\n\nenum f { A } /// no doc\nenum g { A }\n//// no doc\nenum h { A }';
    const docs = items(text).map((item) => ('doc' in item ? item.doc : undefined));
    expect(docs).toEqual(['a\nb', null, null, null]);
  });

  test('above `replace` they document the definition', () => {
    expect(
      items('profile a {\n/// why\nreplace f(int a) -> int { return 0 }\n}').map(printAst),
    ).toEqual([
      '(profile sort="profile" name=(profile-name name="a") items=[(replace definition=(proc doc="why" name=f params=[(param type=(type name="int") name=a)] result=(result-type type=(type name="int")) body=(block statements=[(return value=0)])))])',
    ]);
  });
});

describe('scenarios', () => {
  test.each([
    ['mm M, N', '(world-mm names=[M N])'],
    [
      'vma heap on M: 4 pages rw anon present',
      '(world-vma name=heap on=M pages=4 attributes=[rw anon present])',
    ],
    ['device gpu mirrors M', '(world-device name=gpu mirrors=M)'],
    ['range R on gpu: heap[0..2)', '(world-range name=R on=gpu pages=heap[0..2))'],
    ['pool struct foo: 4', '(pool struct=foo capacity=4)'],
    [
      'rwsem a, b',
      '(world-variable type=(type name="rwsem") declarators=[(declarator name=a) (declarator name=b)])',
    ],
    [
      'list foo l',
      '(world-variable type=(type name="list" of=foo) declarators=[(declarator name=l)])',
    ],
    [
      'workqueue wq: 2 workers',
      '(world-variable type=(type name="workqueue") declarators=[(declarator name=wq initial=2)])',
    ],
    [
      'struct foo f',
      '(world-variable type=(type name="foo" tag="struct") declarators=[(declarator name=f)])',
    ],
    [
      'enum colour c = RED',
      '(world-variable type=(type name="colour" tag="enum") declarators=[(declarator name=c initial=RED)])',
    ],
    [
      'ops I t = { a: f, b: g, }',
      '(ops-table ops=I name=t entries=[(slot=a proc=f) (slot=b proc=g)])',
    ],
    ['allow signals, faults', '(allow names=[signals faults])'],
    ['invariant x < 3', '(invariant condition=(< x 3))'],
    ['expect holds under ["a"] if !w', '(expect what=(holds) condition=(! w) under=["a"])'],
    [
      'expect no stalled_until_timeout',
      '(expect what=(finding negated=true name=stalled_until_timeout))',
    ],
    [
      'expect deadlock in r[1] on n[1].lock at f if w',
      '(expect what=(finding name=deadlock on=n[1].lock in=r[1] at=f) condition=w)',
    ],
    ['expect never x == 0 if w', '(expect what=(never condition=(== x 0)) condition=w)'],
  ])('%s', (text, tree) => {
    expect(scenario(text)).toEqual([tree]);
  });

  test('loops and worlds in the head', () => {
    const text =
      'scenario "s" for w in [false, -EBUSY] for d in ["a",\n"b"] under ["x + y"] { expect holds }';
    expect(items(text).map(printAst)).toEqual([
      '(scenario mode="run" title="s" loops=[(scenario-loop name=w values=[false (- EBUSY)]) (scenario-loop name=d values=["a" "b"])] under=["x + y"] hasBody=true items=[(expect what=(holds))])',
    ]);
  });
});

test('control flow', () => {
  expect(
    statements(
      'for (int i in 0..3 = 0; i < 3; i++) { continue; break }\nfor (struct foo *p in head->list) kfree(p)\nfor (struct foo *p, *n in l) ;\ndo { x++ } while (x < 3)',
    ),
  ).toEqual([
    '(for init=(local type=(type name="int") declarators=[(declarator name=i range=(min=0 max=3) initial=0)]) test=(< i 3) update=(++ i) body=(block statements=[(continue) (break)]))',
    '(for-each type=(type name="foo" tag="struct") name=p list=head->list body=(expression expression=(call kfree p)))',
    '(for-each type=(type name="foo" tag="struct") name=p next=n list=l body=(empty))',
    '(do-while body=(block statements=[(expression expression=(++ x))]) test=(< x 3))',
  ]);
});

test('start values of an array', () => {
  expect(statements('int a[2] = { 1, b + 1 }, c\nint d[1] =\n{\n1,\n}')).toEqual([
    '(local type=(type name="int") declarators=[(declarator name=a length=2 elements=[1 (+ b 1)]) (declarator name=c)])',
    '(local type=(type name="int") declarators=[(declarator name=d length=1 elements=[1])])',
  ]);
});

test.each([
  ['int a[2] = { }', 'HMM1001 3:14-3:15'],
  ['int a[2] = { 1 2 }', 'HMM1001 3:16-3:17'],
])('%s', (text, error) => {
  expect(errors(inThread(text))).toEqual([error]);
});

test('definitions', () => {
  expect(
    items(
      'struct foo { mutex lock; pte t[N] mirrors mm->ptes owed pending\nops I ops }\nops I { get(int a) -> foo *\nput(foo *p) }\nproc f(list *l) -> struct foo * depth 2 { }\nverb fault range (hmm_range *r) { }\nworld vma (vma *v) { }',
    ).map(printAst),
  ).toMatchInlineSnapshot(`
    [
      "(struct name=foo fields=[(field type=(type name="mutex") declarators=[(declarator name=lock)]) (field type=(type name="pte") declarators=[(declarator name=t length=N)] mirrors=[mm ptes] owed=pending) (field type=(type name="ops" of=I) declarators=[(declarator name=ops)])])",
      "(ops name=I slots=[(ops-slot name=get params=[(param type=(type name="int") name=a)] result=(result-type type=(type name="foo") pointer=true)) (ops-slot name=put params=[(param type=(type name="foo") pointer=true name=p)])])",
      "(proc name=f params=[(param type=(type name="list") pointer=true name=l)] result=(result-type type=(type name="foo" tag="struct") pointer=true) depth=2 body=(block))",
      "(verb words=[fault range] params=[(param type=(type name="hmm_range") pointer=true name=r)] body=(block))",
      "(world word=vma params=[(param type=(type name="vma") pointer=true name=v)] body=(block))",
    ]
  `);
});
