// idf: how telling a Chinese word is (inverse document frequency), from jieba; "\x02" holds the median, for words that are
// not in the list.
import fs from 'node:fs'

const file = '/usr/lib/python3/dist-packages/jieba/analyse/idf.txt'

export const sources = [{ debian: 'python3-jieba', path: file, licence: 'MIT' }]
export const source = 'jieba 0.42.1'
export const as_of = '2020-01-20'
export const hash = true

export function entries() {
  const rows = fs.readFileSync(file, 'utf8').split('\n').map((line) => line.trim().split(' ')).filter((row) => row.length === 2)
  const values = rows.map((row) => Number(row[1])).sort((a, b) => a - b)
  return [...rows.map(([word, value]) => [word, value]), ['\x02', String(values[values.length >> 1])]]
}
