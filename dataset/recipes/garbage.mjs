// garbage: the kind of waste that a thing is. "!" and its name: the kind, 0 to 3; "=" and the kind: what it is, what belongs to
// it, how it is handed in.
import { ownRows } from '../texts.mjs'

export const sources = [{ own: 'own/garbage.tsv', version: '1', licence: 'CC0-1.0' }]
export const source = 'alapi'
export const as_of = '2026-11-24'
export const hash = true

export function entries() {
  const found = new Map()
  for (const [kind, ...rest] of ownRows('garbage')) {
    if (kind.startsWith('=')) found.set(kind, rest.join('\t'))
    else for (const name of rest) {
      if (found.has(`!${name}`)) throw new Error(`${name} stands in own/garbage.tsv twice`)
      found.set(`!${name}`, kind)
    }
  }
  return [...found]
}
