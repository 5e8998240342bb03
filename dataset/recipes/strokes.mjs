// strokes: the outline and the middle line of each stroke of a character, in the order of writing.
//
// Key: the character; value: JSON {"strokes": [SVG paths in a square of 1024, y upwards from -124], "medians": [[[x, y] …]]}.
// The Arphic Public License goes with the data: key "licence".
import fs from 'node:fs'
import path from 'node:path'

const root = path.join(path.dirname(new URL(import.meta.url).pathname), '../node_modules/hanzi-writer-data')

export const sources = [{ package: 'hanzi-writer-data', version: '2.0.1', licence: 'Arphic Public License' }]
export const source = 'hanzi-writer-data 2.0.1 (Make Me a Hanzi)'
export const as_of = ''
export const hash = true

export function entries() {
  const files = fs.readdirSync(root).filter((f) => f.endsWith('.json') && [...f].length === 6)
  const rows = files.map((f) => {
    const { strokes, medians } = JSON.parse(fs.readFileSync(path.join(root, f), 'utf8'))
    return [f.slice(0, -5), JSON.stringify({ strokes, medians })]
  })
  return [...rows, ['licence', fs.readFileSync(path.join(root, 'ARPHICPL.TXT'), 'utf8')]]
}
