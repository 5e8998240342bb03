// events: what happened on a day of the year, in short sentences of our own.
//
// Key: month and day, year with an offset of 5000 (so that years before our era come first), a number: "0720" "06969" "1";
// value: year (negative before our era), title.
import { number, ownRows } from '../texts.mjs'

export const sources = [{ own: 'own/events.tsv', version: '1', licence: 'CC0-1.0' }]
export const source = 'alapi'
export const as_of = '2026-11-24'
export const hash = false

export function entries() {
  const seen = new Map()
  return ownRows('events').map(([day, year, title]) => {
    const key = day.replace('-', '') + number(Number(year) + 5000, 5)
    seen.set(key, (seen.get(key) ?? 0) + 1)
    return [key + seen.get(key), [year, title].join('\t')]
  })
}
