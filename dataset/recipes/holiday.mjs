// holiday: the State Council's arrangement of holidays, a row a year and a row a day.
//
// Key "2024": the rows of that year, by date, parted by line ends: date, name, 1 where the day is off and
// 0 where it is a day of work in exchange. Key "2024-02-10": "off\t春节", "work\t春节".
import fs from 'node:fs'
import { createRequire } from 'node:module'

const file = createRequire(import.meta.url).resolve('chinese-days/dist/chinese-days.json')
const { holidays, workdays } = JSON.parse(fs.readFileSync(file, 'utf8'))

export const sources = [{ package: 'chinese-days', version: '1.5.7', licence: 'MIT' }]
export const source = 'chinese-days 1.5.7'
export const as_of = '2025-11-04' // the notice on 2026, the last one in it
export const hash = true

// The source says "Spring Festival,春节,3"; festivals of one day are called as the notices call them.
const fuller = { 清明: '清明节', 端午: '端午节', 中秋: '中秋节' }

function nameOf(record) {
  const name = record.split(',')[1]
  return fuller[name] ?? name
}

export function entries() {
  const days = [
    ...Object.entries(holidays).map(([date, record]) => [date, nameOf(record), 1]),
    ...Object.entries(workdays).map(([date, record]) => [date, nameOf(record), 0]),
  ].sort()
  const years = new Map()
  for (const [date, name, off] of days) {
    const year = date.slice(0, 4)
    years.set(year, [...(years.get(year) ?? []), `${date}\t${name}\t${off}`])
  }
  return [
    ...[...years].map(([year, lines]) => [year, lines.join('\n')]),
    ...days.map(([date, name, off]) => [date, `${off ? 'off' : 'work'}\t${name}`]),
  ]
}
