// Ranges of addresses become the entries of a pack: gaps are nobody's, the narrower of two has what both claim.
import test from 'node:test'
import assert from 'node:assert/strict'
import { addressOf, entriesOf } from './ranges.mjs'
import { literalOf } from './literal.mjs'

const range = (from, until, value) => [addressOf(from), addressOf(until), value]
const shown = (entries) => entries.map(([key, value]) => `${key.toString('hex').slice(-8)} ${value}`)

test('gaps, overlaps and neighbours', () => {
  const entries = entriesOf([range('1.0.0.0', '1.0.0.255', 'A'), range('1.0.0.16', '1.0.0.31', 'B'), range('1.0.1.0', '1.0.1.255', 'A'), range('2.0.0.0', '2.0.0.0', 'C')])
  assert.deepEqual(shown(entries), ['00000000 ', '01000000 A', '01000010 B', '01000020 A', '01000200 ', '02000000 C', '02000001 '])
})

test('addresses of both families', () => {
  assert.equal(addressOf('1.2.3.4'), 0xffff01020304n)
  assert.equal(addressOf('2001:db8::1'), 0x20010db8000000000000000000000001n)
  assert.equal(addressOf('::'), 0n)
})

test('the literal of an expression is certain to be in what it matches', () => {
  for (const [regex, want] of [['Googlebot\\/', 'googlebot/'], ['(a|b)Chrome/(\\d+)', 'chrome/'], ['a|b', ''], ['ab?cd', 'cd'], ['[Ff]ire', 'ire'], ['xy{2}z', 'x'], ['(?:Foo)?', ''], ['Ab+c', 'ab']])
    assert.equal(literalOf(regex), want)
})
