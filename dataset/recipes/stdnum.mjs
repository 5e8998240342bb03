// stdnum.mjs: how account numbers (IBAN) and book numbers (ISBN) of each country are made up.
// Keys: "iban DE" → country, structure ("8!n10!n"); "isbn 978-7" → agency, ranges of publishers ("00-09,100-499 …");
// "isbn 978" → "", ranges of groups.
import fs from 'node:fs'

const folder = '/usr/lib/python3/dist-packages/stdnum'

export const sources = [{ debian: 'python3-stdnum', path: `${folder}/*.dat`, licence: 'LGPL-2.1+' }]
export const source = 'python3-stdnum (SWIFT IBAN registry, ISBN range message)'
export const as_of = () => {
  const date = /file date \w+, (\d+ \w+ \d+)/.exec(fs.readFileSync(`${folder}/isbn.dat`, 'utf8'))
  return new Date(`${date[1]} UTC`).toISOString().slice(0, 10)
}
export const hash = true

const lines = (name) => fs.readFileSync(`${folder}/${name}.dat`, 'utf8').split('\n').filter((line) => line && !line.startsWith('#'))

function* ibans() {
  for (const line of lines('iban')) {
    const [, code, country, bban] = /^([A-Z]{2}) country="([^"]*)" bban="([^"]*)"/.exec(line)
    yield [`iban ${code}`, `${country}\t${bban}`]
  }
}

// Three levels by indentation: the prefix, its groups, each group's publishers; ranges go on over several lines.
function* isbns() {
  const found = new Map()
  let prefix = '', group = ''
  const add = (key, agency, ranges) => {
    const old = found.get(key) ?? { agency: '', ranges: [] }
    found.set(key, { agency: agency || old.agency, ranges: [...old.ranges, ...ranges] })
  }
  for (const line of lines('isbn')) {
    const agency = /^ (\d+) agency="([^"]*)"/.exec(line)
    if (/^\d/.test(line)) prefix = line.trim()
    else if (agency) add((group = `isbn ${prefix}-${agency[1]}`), agency[2], [])
    else add(/^ {2}/.test(line) ? group : `isbn ${prefix}`, '', line.trim().split(',').filter(Boolean))
  }
  for (const [key, { agency, ranges }] of found) yield [key, `${agency}\t${ranges.join(' ')}`]
}

export const entries = () => [...ibans(), ...isbns()]
