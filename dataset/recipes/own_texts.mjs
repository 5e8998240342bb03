// own_texts: the short texts that were written for this house.
//
// Key: the table's letter and four digits; value: the row. s 毒鸡汤, d 舔狗日记, q 土味情话, j jokes (title, text), r riddles
// (kind, question, answer, hint), m quotations (kind, sentence, author, work), f dishes (name, kind, region), l lots, t tarot,
// y hexagrams, g star signs, a abbreviations (letters, meanings…), w wubi-like games' words. "=m", "=r": kinds and counts.
import { number, ownRows } from '../texts.mjs'

const TABLES = { s: 'soul', d: 'dog', q: 'qinghua', j: 'joke', r: 'riddle', m: 'mingyan', f: 'food', l: 'lots', t: 'tarot', y: 'yijing', g: 'star_signs' }

export const sources = Object.values(TABLES).map((name) => ({ own: `own/${name}.tsv`, version: '1', licence: 'CC0-1.0' }))
export const source = 'alapi'
export const as_of = '2026-11-24'
export const hash = true

function kinds(letter, rows) {
  const counts = new Map()
  for (const [kind] of rows) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [`=${letter}`, [...counts].map(([kind, n], i) => `${i + 1} ${kind} ${n}`).join('\t')]
}

export function entries() {
  const found = []
  for (const [letter, name] of Object.entries(TABLES)) {
    const rows = ownRows(name)
    rows.forEach((row, i) => found.push([letter + number(i + 1, 4), row.join('\t')]))
    if ('rm'.includes(letter)) found.push(kinds(letter, rows))
  }
  return found
}
