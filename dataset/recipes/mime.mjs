// mime: ".png" to its media types, the preferred one first; "image/png" to "charset\tcompressible\tsource\text …".
import { createRequire } from 'node:module'

const db = createRequire(import.meta.url)('mime-db/db.json')

export const sources = [{ package: 'mime-db', version: '1.54.0', licence: 'MIT' }]
export const source = 'mime-db 1.54.0 (IANA, Apache, nginx)'
export const as_of = '2025-03-25'
export const hash = true

const RANK = { iana: 0, apache: 1, nginx: 2 }

// A registered type goes before others, application/octet-stream and … last, a text or picture type before application/.
function rank(type) {
  return (type === 'application/octet-stream' ? 100 : 0) + (RANK[db[type].source] ?? 3) * 2 + (type.startsWith('application/') ? 1 : 0)
}

export function entries() {
  const of = new Map()
  for (const [type, row] of Object.entries(db))
    for (const extension of row.extensions ?? []) of.set(extension, [...(of.get(extension) ?? []), type])
  const usual = { js: 'text/javascript', xml: 'application/xml', mp4: 'video/mp4', mp3: 'audio/mpeg', wav: 'audio/wav', rtf: 'application/rtf', ico: 'image/vnd.microsoft.icon' }
  const order = (extension, types) => types.sort((a, b) => (b === usual[extension]) - (a === usual[extension]) || rank(a) - rank(b) || (a < b ? -1 : 1))
  return [
    ...[...of].map(([extension, types]) => [`.${extension}`, order(extension, types).join('\t')]),
    ...Object.entries(db).map(([type, row]) => [type, [row.charset ?? '', row.compressible === undefined ? '' : row.compressible ? '1' : '0', row.source ?? '', ...(row.extensions ?? [])].join('\t')]),
  ]
}
