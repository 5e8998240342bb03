// spdx: "mit" (small letters) to "id\tname\tOSI approved 1 or 0\taddress".
import { createRequire } from 'node:module'

const list = createRequire(import.meta.url)('spdx-license-list/spdx-simple.json')
const details = createRequire(import.meta.url)('spdx-license-list/spdx.json')

export const sources = [{ package: 'spdx-license-list', version: '6.12.0', licence: 'CC0-1.0' }]
export const source = 'SPDX License List, by spdx-license-list 6.12.0'
export const as_of = '2026-07-25'
export const hash = true

export const entries = () => list.map((id) => [id.toLowerCase(), [id, details[id].name, details[id].osiApproved ? '1' : '0', details[id].url].join('\t')])
