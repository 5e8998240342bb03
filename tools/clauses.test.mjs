// Self test of tools/clauses.mjs: which names prove what, and what is told at the end of the tests.
import test from 'node:test'
import assert from 'node:assert'
import { clausesOf, collect, judge, provenBy, readClauses } from './clauses.mjs'

const names = [
  ['[C5][C9] a code is good once', ['C5', 'C9']],
  ['[S8a] no door', ['S8a']],
  ['[T6.1] an authority', ['T6.1']],
  ['[C9][fault 6] five tries', ['C9', 'fault 6']],
  ['a test about [C5]', []],
  ['[note] something', []],
  ['row_C5_flows', ['C5']],
  ['row_H1_2_dates', ['H1']],
  ['row_T6_1_authority', ['T6.1']],
  ['row_T6_each_needs_its_evidence', ['T6']],
  ['row_S8a_doors', ['S8a']],
  ['rows_C5_C9__codes', ['C5', 'C9']],
  ['rows_T6_1_T6_8_U3__codes_1_to_8', ['T6.1', 'T6.8', 'U3']],
  ['fault_6_codes', ['fault 6']],
  ['faults_25_26__erasure', ['fault 25', 'fault 26']],
  ['rowing_C5', []],
]
for (const [name, ids] of names) test(`of "${name}"`, () => assert.deepEqual(provenBy(name), ids))

const TSV = '# head\nC5\tregister\ttest\nC9\tcodes\ttest\nH2\tminutes\topen: being built\nI3\treach\topen: being built\n'

test('results are collected at every level, and what was skipped proves nothing', () => {
  const seen = collect('1..4\nok 1 - [C5] a\n    ok 1 - [H2] inner\nnot ok 2 - [C9] b\nok 3 - [C9] c\nok 4 - [I3] d # SKIP no network\nok 5 row_H2_x\n')
  assert.deepEqual(Object.fromEntries(seen), { C5: { passed: 1, failed: 0 }, C9: { passed: 1, failed: 1 }, H2: { passed: 2, failed: 0 } })
})

test('a clause marked test fails without a test that passed', () => {
  const { lines, failures } = judge(readClauses(TSV), collect('ok 1 - [C5] a\nnot ok 2 - [C9] b\n'))
  assert.equal(failures, 1)
  assert.match(lines.join('\n'), /clause C9 \(codes\) is not proved: a test of it failed/)
  assert.match(judge(readClauses(TSV), collect('ok 1 - [C5] a\n')).lines.join('\n'), /clause C9 .*no test that passed/)
})

test('what is open is told with its reason, and too many open ones fail', () => {
  const seen = collect('ok 1 - [C5][C9] a\nok 2 - [H2] b\nok 3 - fault_6_x\n')
  const told = judge(readClauses(TSV), seen)
  assert.equal(told.failures, 0)
  assert.match(told.lines.join('\n'), /clauses: 3 of 4 proved, 2 open; faults: 1 of 48 proved/)
  assert.match(told.lines.join('\n'), /open I3: being built/)
  assert.match(told.lines.join('\n'), /open H2: has a test that passes/)
  assert.equal(judge(readClauses(TSV), seen, 1).failures, 1)
})

test('a test that names a clause that is none fails', () => {
  assert.equal(judge(readClauses(TSV), collect('ok 1 - [C5][C9] a\nok 2 - [Z9] b\n')).failures, 1)
})

test('a wrong line is refused with its number', () => {
  for (const [line, say] of [['C5\ta\tmaybe', /:1: state/], ['C5\ta', /:1: a line has three/], ['c5\ta\ttest', /no id/], ['C5\ta\ttest\nC5\ta\ttest', /:2: C5/]])
    assert.throws(() => readClauses(line), say)
})

test('the founding policy has 96 clauses', () => {
  const rows = clausesOf('policy/clauses.tsv')
  assert.equal(rows.length, 96)
  for (const [letter, last] of [['H', 2], ['I', 7], ['D', 5], ['C', 9], ['S', 11], ['T', 8], ['K', 10], ['U', 14], ['F', 6], ['X', 11]])
    for (let n = 1; n <= last; n++)
      assert.ok(rows.some((r) => r.id === `${letter}${n}` || r.id === `${letter}${n}a`), `${letter}${n}`)
  for (const part of 'abcdef') assert.ok(rows.some((r) => r.id === `S8${part}`))
  for (let n = 1; n <= 8; n++) assert.ok(rows.some((r) => r.id === `T6.${n}`))
})
