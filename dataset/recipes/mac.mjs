// mac: the first 6, 7 or 9 hexadecimal digits of a hardware address to "organisation\taddress\tcountry".
import fs from 'node:fs'
import path from 'node:path'

const listing = JSON.parse(fs.readFileSync(path.join(import.meta.dirname, '../node_modules/oui-data/index.json'), 'utf8'))

export const sources = [{ package: 'oui-data', version: '2.1.9', licence: 'BSD-2-Clause (IEEE listing)' }]
export const source = 'IEEE registration authority, by oui-data 2.1.9'
export const as_of = '2026-08-26'
export const hash = true

export function entries() {
  return Object.entries(listing).map(([prefix, text]) => {
    const lines = text.split('\n').map((line) => line.trim().replaceAll('\t', ' ')).filter(Boolean)
    const country = lines.length > 1 ? lines.at(-1) : ''
    return [prefix.toUpperCase(), [lines[0], lines.slice(1, -1).join(', '), country].join('\t')]
  })
}
