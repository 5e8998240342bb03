// bible: the King James Version (1611, text of 1769), every verse.
//
// Key: two digits of the book, three of the chapter, three of the verse; value: the verse. "=01": the book's names,
// English, Chinese, chapters; "?genesis", "?gen", "?创世记": the book's number.
import { execFileSync } from 'node:child_process'
import { number, ownRows } from '../texts.mjs'

export const sources = [
  { debian: 'bible-kjv', path: '/usr/lib/bible.data', licence: 'public domain' },
  { own: 'own/bible_books.tsv', version: '1', licence: 'CC0-1.0' },
]
export const source = 'King James Version (bible-kjv 4.38)'
export const as_of = '1769-01-01'
export const hash = true

export function entries() {
  const books = ownRows('bible_books'), rows = []
  books.forEach(([abbreviation, english, chinese, short, chapters], i) => {
    const id = number(i + 1, 2)
    const text = execFileSync('bible', ['-f', `${abbreviation}1:1-${abbreviation}${chapters}:200`], { encoding: 'utf8', maxBuffer: 1 << 26 })
    for (const [, chapter, verse, words] of text.matchAll(/^\S*?(\d+):(\d+) (.*)$/gm)) rows.push([id + number(chapter, 3) + number(verse, 3), words.trim()])
    rows.push([`=${id}`, [english, chinese, chapters].join('\t')])
    for (const name of new Set([abbreviation, english, chinese, short].map((n) => n.toLowerCase().replace(/ /g, '')))) rows.push([`?${name}`, id])
  })
  return rows
}
