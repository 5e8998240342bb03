// elements: the chemical elements and their isotopes.
//
// Key: "#" and three digits of the number; value: symbol, English name, Chinese name, pinyin, standard mass, monoisotopic mass,
// period, group (empty in the f block), kind, isotopes as "nominal:mass:abundance" parted by blanks. "?fe", "?iron", "?铁":
// the number.
import { createRequire } from 'node:module'
import { number, ownRows } from '../texts.mjs'

const require = createRequire(import.meta.url)

export const sources = [
  { package: 'chemical-elements', version: '2.3.3', licence: 'MIT' },
  { own: 'own/elements.tsv', version: '1', licence: 'CC0-1.0' },
]
export const source = 'chemical-elements 2.3.3'
export const as_of = ''
export const hash = true

export function entries() {
  const { elementsAndIsotopes } = require('chemical-elements'), rows = []
  const own = new Map(ownRows('elements').map((r) => [r[0], r]))
  for (const e of elementsAndIsotopes) {
    if (!own.has(e.symbol)) continue
    const [, chinese, pinyin, period, group, kind] = own.get(e.symbol), id = number(e.number, 3)
    const isotopes = e.isotopes.filter((i) => i.abundance).map((i) => `${i.nominal}:${i.mass}:${i.abundance}`).join(' ')
    rows.push([`#${id}`, [e.symbol, e.name, chinese, pinyin, e.mass ?? '', e.monoisotopicMass ?? '', period, group, kind, isotopes].join('\t')])
    for (const name of [e.symbol.toLowerCase(), e.name.toLowerCase(), chinese]) rows.push([`?${name}`, id])
  }
  return rows
}
