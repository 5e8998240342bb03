// Self test of tools/run-tests.mjs: what each kind of output counts.
import test from 'node:test'
import assert from 'node:assert'
import { count } from './run-tests.mjs'

const rows = [
  ['all pass', '1..2\nok 1 - a\nok 2 - b\n# ok - tests\n', 0, [2, 0, 0]],
  ['one fails', '1..2\nok 1 - a\nnot ok 2 - b\n', 1, [1, 1, 0]],
  ['one skipped', '1..2\nok 1 - a\nok 2 - b # SKIP no network\n', 0, [1, 0, 1]],
  ['it died before its end', '1..3\nok 1 - a\n', 1, [1, 1, 0]],
  ['it died after its last test', '1..1\nok 1 - a\n', 1, [1, 1, 0]],
  ['it never spoke', '', 1, [0, 1, 0]],
  ['it spoke no TAP and ended well', 'hello\n', 0, [0, 1, 0]],
  ['subtests count once', '# Subtest: a\n    ok 1 - x\n    1..1\nok 1 - a\n1..1\n', 0, [1, 0, 0]],
]
for (const [name, tap, status, [passed, failed, skipped]] of rows)
  test(name, () => assert.deepEqual(count(tap, status), { passed, failed, skipped }))
