// mcc: "460-00" to "country\tcode\tbrand\toperator\tstatus\tbands\tnotes"; a code used twice has "#2" behind it.
import { createRequire } from 'node:module'

const list = createRequire(import.meta.url)('mcc-mnc-list/mcc-mnc-list.json')

export const sources = [{ package: 'mcc-mnc-list', version: '1.1.11', licence: 'MIT (facts of Wikipedia and ITU-T E.212)' }]
export const source = 'mcc-mnc-list 1.1.11'
export const as_of = '2024-12-13'
export const hash = true

const clean = (text) => (text ?? '').replace(/\s+/g, ' ').trim()

export function entries() {
  const seen = new Map()
  return list.filter((row) => /^\d{3}$/.test(row.mcc) && /^\d{2,3}$/.test(row.mnc)).map((row) => {
    const key = `${row.mcc}-${row.mnc}`
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    const fields = [row.countryName, row.countryCode, row.brand, row.operator, row.status, row.bands, row.notes]
    return [count > 1 ? `${key}#${String(count).padStart(2, '0')}` : key, fields.map(clean).join('\t')]
  })
}
