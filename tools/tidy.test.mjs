// Self test of tools/tidy.mjs: wrong trees, and the sentence that each must get.
import test from 'node:test'
import assert from 'node:assert'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { check, outline } from './tidy.mjs'

function house(files) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'tidy-'))
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.join(root, path.dirname(name)), { recursive: true })
    fs.writeFileSync(path.join(root, name), text)
  }
  return check(root)
}

const c = (body, head = '/* x.c: a test. */\n') => ({ 'src/base/x.c': head + body })
const repeat = (line, n) => `${line}\n`.repeat(n)
const api = '/* x.c: a test. */\nconst struct endpoint endpoint_x = {0};\n'
const table = `static const int primes[] = {\n${repeat('    2,', 900)}};\n`

const rows = [
  ['a long function', c(`int f(void) {\n${repeat('    g();', 69)}}\n`), /^src\/base\/x\.c:2: f has 71 lines; 70 is the limit/],
  ['many parameters', c('int f(int a, int b, int c, int d, int e, int (*f)(int, int), int g) {\n}\n'), /f has 7 parameters; 6/],
  ['deep nesting', c('int f(void) {\n    if (a) {\n        for (;;) {\n            while (b) {\n                do {\n                    if (c) {\n                        d();\n                    }\n                } while (e);\n            }\n        }\n    }\n}\n'),
    /f nests 5 deep; 4 is the limit/],
  ['a long header', { 'src/base/x.h': `/* x.h: a test. */\n${repeat('int a;', 250)}` }, /x\.h: the header has 251 lines; 250/],
  ['a long file', c(repeat('int a;', 800)), /x\.c: the file has 801 lines besides its tables; 800/],
  ['a long API', { 'src/api/x.c': api + repeat('int a;', 300), 'src/api/catalog.def': 'ENDPOINT(x)\n' }, /302 lines besides its tables; 300.*codec/],
  ['a wide line', c(`int a = ${'1 + '.repeat(30)}1;\n`), /x\.c:2: the line has 130 columns; 110/],
  ['a banned function', c('void f(void) {\n    sprintf(a, "%s", b);\n}\n'), /x\.c:3: sprintf is not used here/],
  ['no head comment', c('int a;\n', ''), /does not begin with "\/\* x\.c: /],
  ['FIXME', c('/* FIXME later */\n'), /FIXME/],
  ['a trailing blank', c('int a; \n'), /:2: the line ends in a blank/],
  ['a tab', c('\tint a;\n'), /:2: the line has a tab/],
  ['no line end', c('int a;'), /does not end with a line end/],
  ['a path of one machine', c('/* see /home/me/notes */\n'), /names a path of one machine \(\/home\//],
  ['a registry', { 'README.md': 'from https://registry.example.org/\n' }, /package registry \(registry\.example\.org\)/],
  ['an API outside the catalogue', { 'src/api/a/x.c': api, 'src/api/catalog.def': '/* none */\n' }, /src\/api\/a\/x\.c is not in the catalogue: add ENDPOINT\(x\)/],
  ['a catalogue line without an API', { 'src/api/catalog.def': 'ENDPOINT(y)\n' }, /names y, but no file/],
  ['a file without an API', { 'src/api/x.c': '/* x.c: a test. */\n', 'src/api/catalog.def': '' }, /holds no API/],
]
for (const [name, files, sentence] of rows)
  test(name, () => {
    const faults = house(files)
    assert.equal(faults.length, 1, faults.join('\n'))
    assert.match(faults[0], sentence)
  })

test('what is right is silent', () => {
  assert.deepEqual(house({
    ...c(`int f(void) {\n${repeat('    g();', 68)}}\n${table}/* rand() and sprintf( here, and "gets(" */\n`),
    'src/base/y.c': '/* y.c: a test. */\n/* tidy: parameters: they are seven dwarfs */\nint f(int a, int b, int c, int d, int e, int f, int g) {\n}\n',
    'src/base/x_test.c': '/* x_test.c: a test. */\nconst char *p = "/tmp/x";\n',
    'Makefile': 'a:\n\t@b\n',
    'src/api/x.c': api, 'src/api/catalog.def': '/* all */\nENDPOINT(x)\n',
    'build/x.c': '\t', 'node_modules/x.c': '\t',
  }), [])
})

test('literals are no nesting, tables are no functions', () => {
  const { functions, tables } = outline('struct a t[] = {{1, {2}}, {3}};\nint f(struct b b) {\n    return g((struct b){{{{{1}}}}}), h;\n}\n#define M(x) \\\n    do { if (x) { } } while (0)\n')
  assert.deepEqual(functions.map((f) => [f.name, f.depth, f.parameters]), [['f', 0, 1]])
  assert.equal(tables.length, 1)
})
