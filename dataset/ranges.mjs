// ranges.mjs: address ranges of both families as the entries of a pack.
//
// Key: the 16 bytes of the first address (IPv4 as ::ffff:a.b.c.d); a range ends before the next key. What belongs to
// nobody is an entry of its own, with an empty value. src/data/address_range.h reads it.
import fs from 'node:fs'

const V4 = 0xffff00000000n

function v4Of(text) {
  return V4 | text.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n)
}

function v6Of(text) {
  const [left, right] = text.split('::')
  const groups = (side) => (side ? side.split(':') : [])
  const head = groups(left), tail = right === undefined ? [] : groups(right)
  const all = [...head, ...Array(8 - head.length - tail.length).fill('0'), ...tail]
  if (all.length !== 8) throw new Error(`${text} is no IPv6 address`)
  return all.reduce((sum, group) => (sum << 16n) | BigInt(parseInt(group || '0', 16)), 0n)
}

export const addressOf = (text) => (text.includes(':') ? v6Of(text) : v4Of(text))

export function keyOf(address) {
  return Buffer.from(address.toString(16).padStart(32, '0'), 'hex')
}

// [first, last, value] of each line "first,last,rest".
export function* linesOf(file, valueOf) {
  for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
    const one = line.indexOf(','), two = line.indexOf(',', one + 1)
    if (two > 0) yield [addressOf(line.slice(0, one)), addressOf(line.slice(one + 1, two)), valueOf(line.slice(two + 1))]
  }
}

// Where ranges overlap the narrower one has it: an operator's part of a larger network.
export function entriesOf(ranges) {
  const sorted = [...ranges].sort((a, b) => (a[0] !== b[0] ? (a[0] < b[0] ? -1 : 1) : a[1] > b[1] ? -1 : 1))
  const found = [], open = [] // ranges that go on, the narrowest last
  const add = (from, value) => {
    if (found.length && found.at(-1)[0] === from) found.pop()
    if (found.at(-1)?.[1] !== value) found.push([from, value])
  }
  const closeBefore = (limit) => {
    while (open.length && open.at(-1)[1] < limit) {
      const next = open.pop()[1] + 1n
      while (open.length && open.at(-1)[1] < next) open.pop()
      add(next, open.at(-1)?.[2] ?? '')
    }
  }
  add(0n, '')
  for (const range of sorted) {
    closeBefore(range[0])
    add(range[0], range[2])
    open.push(range)
  }
  closeBefore(1n << 128n)
  return found.filter(([from]) => from < 1n << 128n).map(([from, value]) => [keyOf(from), value])
}
