// ip_country: IPv4 and IPv6 ranges to the country of ISO 3166-1 that they are used in: "CN".
import path from 'node:path'
import { createRequire } from 'node:module'
import { entriesOf, linesOf } from '../ranges.mjs'

const name = '@ip-location-db/geo-whois-asn-country'
const folder = path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))

export const sources = [{ package: name, version: '2.3.2026061719', licence: 'CC0-1.0' }]
export const source = 'ip-location-db geo-whois-asn-country 2.3.2026061719 (CC0-1.0)'
export const as_of = '2026-06-17'

export function entries() {
  const files = ['ipv4', 'ipv6'].map((family) => path.join(folder, `geo-whois-asn-country-${family}.csv`))
  return entriesOf(files.flatMap((file) => [...linesOf(file, (rest) => rest.trim().toUpperCase())]))
}
