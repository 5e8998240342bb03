// censor: what a public text should not hold: the word, as the search compares it, to "kind\tverdict\tword"; "=kind" to its
// names in Chinese and English. Latin letters are small and blanks are left out, as data/censor.h makes them.
import { ownRows } from '../texts.mjs'

export const sources = [{ own: 'own/censor.tsv', version: '1', licence: 'CC0-1.0' }]
export const source = 'alapi'
export const as_of = '2026-11-24'
export const hash = true

export function entries() {
  const found = new Map()
  for (const [kind, zh, en, verdict, word] of ownRows('censor')) {
    found.set(`=${kind}`, `${zh}\t${en}\t${verdict}`)
    found.set(word.normalize('NFKC').toLowerCase().replaceAll(' ', ''), `${kind}\t${verdict}\t${word}`)
  }
  return [...found]
}
