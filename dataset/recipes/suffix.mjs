// suffix: the rules of the Public Suffix List, in A-labels: "co.uk" to "rule\tsection"; the kind is n (a plain rule), w (what
// stands behind "*.") or x (an exception), and w may stand beside n: "nw".
import fs from 'node:fs'
import { domainToASCII } from 'node:url'

const file = '/usr/share/publicsuffix/public_suffix_list.dat'

export const sources = [{ debian: 'publicsuffix', path: file, licence: 'MPL-2.0' }]
export const source = 'Public Suffix List (publicsuffix.org)'
export const as_of = '2023-02-09'
export const hash = true

export function entries() {
  const found = new Map()
  let section = 'icann'
  for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
    if (line.includes('===BEGIN PRIVATE DOMAINS===')) section = 'private'
    const rule = line.trim()
    if (!rule || rule.startsWith('//')) continue
    const kind = rule.startsWith('!') ? 'x' : rule.startsWith('*.') ? 'w' : 'n'
    const name = domainToASCII(rule.replace(/^(!|\*\.)/, ''))
    if (!name) throw new Error(`the rule ${rule} has no A-label form`)
    const old = found.get(name)
    found.set(name, { kinds: (old?.kinds ?? '') + kind, section })
  }
  return [...found].map(([name, { kinds, section: part }]) => [name, `${kinds}\t${part}`])
}
