// Self test of tools/checklist.mjs: what is claimed, what is not, and that the page has every line.
import test from 'node:test'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gather, idsOf, judgeLines, page, readLines, writeChecklist } from './checklist.mjs'
import { clausesOf, FAULTS } from './clauses.mjs'

const TSV = '# head\n1\t6.2.1\tlength\tB1\n2\t4.2.1\tframing\tfault 15, S11\n3\t1.1\tnothing\t-\n4\t12.1\tTLS\tS10\n'
const TAP = 'ok 1 - checklist_B1__long\nok 2 - [fault 15][S11] a\nok 3 - [S10] b\nnot ok 4 - [S10] c <&>\nok 5 - [S11] d # SKIP\n'

test('[S6] a line is claimed only where each of its proofs has a test that passed and none that failed', () => {
  const state = (tap) => judgeLines(readLines(TSV), gather(tap)).map((l) => l.state)
  assert.deepEqual(state(TAP), ['proved', 'proved', 'no test', 'failed'])
  assert.deepEqual(state(TAP.replace('[fault 15][S11]', '[fault 15]')), ['proved', 'no test', 'no test', 'failed'])
  assert.deepEqual(state(TAP.replace('ok 1 ', 'not ok 1 ')), ['failed', 'proved', 'no test', 'failed'])
  assert.deepEqual(state(''), ['no test', 'no test', 'no test', 'no test'])
})

test('[S6] the page has every line, its state and the names of its tests; the JSON the same', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'alapi-checklist-'))
  fs.writeFileSync(path.join(folder, 'asvs.tsv'), TSV)
  const said = writeChecklist(folder, path.join(folder, 'asvs.tsv'), gather(TAP))
  assert.match(said, /2 of 4 .*failed: 4; without a test: 3/)
  const html = fs.readFileSync(path.join(folder, 'checklist.html'), 'utf8')
  for (const word of ['2 of 4', 'checklist_B1__long', '✗ [S10] c &lt;&amp;&gt;', '<td>no test</td>']) assert.ok(html.includes(word), word)
  const json = JSON.parse(fs.readFileSync(path.join(folder, 'checklist.json'), 'utf8'))
  assert.deepEqual(json[1].proofs[0], { id: 'fault 15', tests: [{ name: '[fault 15][S11] a', passed: true }] })
  fs.rmSync(folder, { recursive: true })
})

test('[S6] the forty lines name proofs that there can be', () => {
  const lines = readLines(fs.readFileSync('policy/asvs.tsv', 'utf8'))
  const clauses = clausesOf('policy/clauses.tsv').map((c) => c.id)
  assert.equal(lines.length, 40)
  for (const id of lines.flatMap((l) => l.proofs)) {
    const fault = /^fault (\d+)$/.exec(id), own = /^B(\d+)$/.exec(id)
    assert.ok(fault ? Number(fault[1]) <= FAULTS : own ? Number(own[1]) <= 40 : clauses.includes(id), id)
  }
  assert.ok(page(judgeLines(lines, new Map())).includes('0 of 40'))
})

test('names of tests that prove lines of the list', () => {
  assert.deepEqual(idsOf('checklist_B10_B11__the_same'), ['B10', 'B11'])
  assert.deepEqual(idsOf('checklist_B1__x'), ['B1'])
  assert.deepEqual(idsOf('[S10][fault 18] x'), ['S10', 'fault 18'])
  assert.deepEqual(idsOf('a checklist_B1_'), [])
})

test('a line that is not one is refused with its place', () => {
  for (const [text, say] of [['1\ta\tb\n', /asvs\.tsv:1: .*four cells/], ['2\ta\tb\t-\n', /this is line 1/], ['1\ta\tb\twrong one\n', /no proof/]])
    assert.throws(() => readLines(text), say)
})
