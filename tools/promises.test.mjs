// Self test of tools/promises.mjs: what stops the build, and with which sentence.
import test from 'node:test'
import assert from 'node:assert'
import { faultsOf, hashOf, readLaws, readToml, sentencesOf } from './promises.mjs'

const version = (number, sentences) => ({ version: number, zh: new Map(Object.entries(sentences)), en: new Map(Object.entries(sentences)) })
const row = (say, more = {}) => ({ sha256: hashOf(say, say), kind: 'promise', machinery: 'src/a.c, GET /a', probe: 'one', max_age: '25h', ...more })

function faults(change = {}) {
  return faultsOf({
    tables: { '': { version: '2' }, 'sentence.a': row('one'), 'sentence.b': row('two', { kind: 'definition', probe: undefined, max_age: undefined }), 'retired.c': { kind: 'right' }, ...change.tables },
    versions: change.versions ?? [version('1', { a: 'old', c: 'gone' }), version('2', { a: 'one', b: 'two' })],
    probes: new Set(['one']),
    exists: (file) => file === 'src/a.c',
  })
}

test('a file that fits has no faults', () => assert.deepEqual(faults(), []))

const rows = [
  ['a sentence that is not mapped', { versions: [version('2', { a: 'one', b: 'two', n: 'new' })] }, /\[n\] of version 2 is not mapped/],
  ['a sentence that was changed', { versions: [version('1', { c: '' }), version('2', { a: 'One', b: 'two' })] }, /\[sentence.a\] the sentence was changed/],
  ['a promise without a probe', { tables: { 'sentence.a': row('one', { probe: undefined }) } }, /a promise needs a probe/],
  ['a right without a probe', { tables: { 'sentence.a': row('one', { kind: 'right', probe: '' }) } }, /a right needs a probe/],
  ['a probe that is none', { tables: { 'sentence.a': row('one', { probe: 'two' }) } }, /has no probe two/],
  ['a kind that is none', { tables: { 'sentence.a': row('one', { kind: 'wish' }) } }, /kind "wish" is none/],
  ['a file that is not there', { tables: { 'sentence.a': row('one', { machinery: 'src/b.c' }) } }, /there is no src\/b.c/],
  ['no machinery', { tables: { 'sentence.a': row('one', { machinery: '' }) } }, /machinery is empty/],
  ['no age', { tables: { 'sentence.a': row('one', { max_age: 'a day' }) } }, /max_age is a number of hours/],
  ['a mapped sentence that is none', { tables: { 'sentence.z': row('z') } }, /\[sentence.z\] is no sentence of version 2/],
  ['a retired one that is still there', { tables: { 'retired.a': { kind: 'right' } } }, /\[retired.a\] is a sentence of the newest/],
  ['an old sentence that nobody names', { versions: [version('1', { x: '' }), version('2', { a: 'one', b: 'two' })] }, /name it in \[retired.x\]/],
  ['another version', { tables: { '': { version: '1' } } }, /of version 1, the newest policy is 2/],
  ['a table that is none', { tables: { other: {} } }, /\[other\] is neither/],
]
for (const [name, change, say] of rows)
  test(name, () => {
    const found = faults(change)
    assert.ok(found.some((f) => say.test(f)), found.join('\n'))
  })

test('the subset of TOML', () => {
  assert.deepEqual(readToml('# note\na = "b \\" \\\\"\n[x.y]\nc_1 = ""\n'), { '': { a: 'b " \\' }, 'x.y': { c_1: '' } })
  for (const [text, say] of [['a = b', /:1: a line is/], ['[a]\n[a]', /:2: \[a\] is there twice/], ['a = "1"\na = "2"', /:2: a is there twice/], ['a = "x" # y', /:1/]])
    assert.throws(() => readToml(text), say)
})

test('sentences are read with their ids', () =>
  assert.deepEqual([...sentencesOf('title: T\n## H {#x}\n[a1] One. \n[b] Two\n')], [['a1', 'One.'], ['b', 'Two']]))

test('laws: a code once, a successor that is there', () => {
  const line = (code, status, by) => `${code}\tzh\ten\t2017\t${status}\t${by}\t2017-06-01\n`
  assert.equal(readLaws(line('a-2017', 'superseded', 'a-2020') + line('a-2020', 'in_force', '-')).length, 2)
  for (const [text, say] of [[line('a', 'superseded', 'b'), /b, the successor of a/], [line('a', 'in_force', '-') + line('a', 'in_force', '-'), /there twice/],
    [line('a', 'superseded', '-'), /names its successor/], [line('a', 'in_force', 'a'), /names its successor/], ['a\tb\n', /seven cells/]])
    assert.throws(() => readLaws(text), say)
})
