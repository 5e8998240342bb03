// ip_asn: IPv4 and IPv6 ranges to the autonomous system that announces them: "13335\tCloudflare, Inc.".
import path from 'node:path'
import { createRequire } from 'node:module'
import { entriesOf, linesOf } from '../ranges.mjs'

const folder = path.dirname(createRequire(import.meta.url).resolve('@ip-location-db/asn/package.json'))

export const sources = [{ package: '@ip-location-db/asn', version: '2.3.2026061719', licence: 'CC-BY-4.0 (RouteViews, DB-IP)' }]
export const source = 'ip-location-db asn 2.3.2026061719 (RouteViews, DB-IP; CC-BY-4.0)'
export const as_of = '2026-06-17'

// 13335,"Cloudflare, Inc." or 38803,Gtelecom Pty Ltd
function valueOf(rest) {
  const comma = rest.indexOf(',')
  const name = rest.slice(comma + 1).trim().replace(/^"(.*)"$/s, '$1').replaceAll('""', '"')
  return `${rest.slice(0, comma)}\t${name.replaceAll('\t', ' ')}`
}

export function entries() {
  const files = ['asn-ipv4.csv', 'asn-ipv6.csv'].map((name) => path.join(folder, name))
  return entriesOf(files.flatMap((file) => [...linesOf(file, valueOf)]))
}
