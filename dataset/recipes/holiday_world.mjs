// holiday_world: public holidays of the world, counted out for the years to come and some that are past.
//
// Key: the country's code and the year, "FR2026"; value: holidays parted by line ends: day, name in the country's first
// language, English name, Chinese name where there is one, kind (public, bank, school, optional, observance). "=": countries
// as "code English name".
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

export const sources = [{ package: 'date-holidays', version: '3.37.0', licence: 'ISC, data CC-BY-SA-3.0' }]
export const source = 'date-holidays 3.37.0'
export const as_of = '2026-01-01'
export const hash = true

const FROM = 2015, UNTIL = 2040

export function entries() {
  const Holidays = require('date-holidays'), rows = []
  const countries = new Holidays().getCountries('en')
  for (const code of Object.keys(countries).sort()) {
    const calendar = new Holidays(code)
    for (let year = FROM; year <= UNTIL; year++) {
      const [own, english, chinese] = [undefined, 'en', 'zh'].map((l) => calendar.getHolidays(year, l))
      const lines = own.filter((h) => h.date.slice(0, 4) === String(year)).map((h) => {
        const twin = (list) => list.find((x) => x.rule === h.rule && x.date === h.date)?.name ?? ''
        const zh = twin(chinese)
        return [h.date.slice(0, 10), h.name, twin(english), /\p{Script=Han}/u.test(zh) ? zh : '', h.type].join('\t')
      })
      if (lines.length) rows.push([code + year, lines.join('\n')])
    }
  }
  return [...rows, ['=', Object.entries(countries).map(([c, n]) => `${c} ${n}`).sort().join('\t')]]
}
