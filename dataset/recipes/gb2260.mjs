// gb2260.mjs: administrative divisions by their six digits, abolished ones included.
// Key "440300"; value: name, 1 where the code is abolished.
import { regions, regionSources } from '../regions.mjs'

export const sources = regionSources
export const source = 'GB/T 2260, editions of 2000 to 2021'
export const as_of = '2021-12-31'
export const hash = true

export function entries() {
  return [...regions()].map(([code, r]) => [code, `${r.name}\t${r.current ? 0 : 1}`])
}
