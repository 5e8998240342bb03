// carriers: who carries parcels. Key: the code; value: name in Chinese, in English. "~" and a short code or a name in lower
// case: the code. The codes are facts, as the trade uses them.
import { ownRows } from '../texts.mjs'

export const sources = [{ own: 'own/carriers.tsv', version: '1', licence: 'CC0-1.0' }]
export const source = 'alapi'
export const as_of = '2026-11-24'
export const hash = true

export function entries() {
  const found = new Map()
  for (const [code, name, english, ...others] of ownRows('carriers')) {
    found.set(code, `${name}\t${english}`)
    for (const other of [name, english, ...others]) found.set(`~${other.toLowerCase()}`, code)
  }
  return [...found]
}
