// words: the dictionary and the hidden Markov model of jieba, for src/data/segment.c.
//
//   "分词"      "2\tn"     a word: how often it was seen, its part of speech
//   "分"…       as its own line, or "0" where it only begins words
//   "\x01分"    32 bytes: log probability that a word's begin, middle, end, or a word alone is this character
//   "\x02"      the sum of all counts
import fs from 'node:fs'

const folder = '/usr/lib/python3/dist-packages/jieba'

export const sources = [{ debian: 'python3-jieba', path: `${folder}/dict.txt`, licence: 'MIT' }]
export const source = 'jieba 0.42.1'
export const as_of = '2020-01-20'
export const hash = true

// The state's probability of a character that it was never seen with.
const NEVER = -3.14e100

// A module of one Python literal: P={'B': {'\u4e00': -3.65, …}, …}
function emissions() {
  const text = fs.readFileSync(`${folder}/finalseg/prob_emit.py`, 'utf8')
  return JSON.parse(text.slice(text.indexOf('P=') + 2).replaceAll("'", '"'))
}

export function words() {
  const found = new Map()
  let total = 0
  for (const line of fs.readFileSync(`${folder}/dict.txt`, 'utf8').split('\n')) {
    const [word, count, tag] = line.trim().split(' ')
    if (!word) continue
    found.set(word, { count: Number(count), tag })
    total += Number(count)
  }
  return { found, total }
}

export function entries() {
  const { found, total } = words()
  const rows = new Map()
  for (const [word, { count, tag }] of found) {
    rows.set(word, `${count}\t${tag}`)
    const runes = [...word]
    for (let i = 1; i < runes.length; i++) {
      const prefix = runes.slice(0, i).join('')
      if (!rows.has(prefix) && !found.has(prefix)) rows.set(prefix, '0')
    }
  }
  const emission = emissions()
  const runes = new Set(Object.values(emission).flatMap((table) => Object.keys(table)))
  for (const rune of runes) {
    const bytes = Buffer.alloc(32)
    ;['B', 'M', 'E', 'S'].forEach((state, i) => bytes.writeDoubleLE(emission[state][rune] ?? NEVER, 8 * i))
    rows.set(`\x01${rune}`, bytes)
  }
  rows.set('\x02', String(total))
  return [...rows]
}
