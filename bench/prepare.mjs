// prepare.mjs: the made-up data set of the benches: 500,000 keys of seven digits with five fields each, as a pack
// with a hash and as one without, in the folder that is named.
import fs from 'node:fs'
import path from 'node:path'
import { writePack } from '../dataset/pack.mjs'

export function prepare(folder) {
  const files = ['hashed.pack', 'sorted.pack'].map((f) => path.join(folder, f))
  if (files.every((f) => fs.existsSync(f))) return files
  const entries = Array.from({ length: 500_000 }, (_, i) => {
    const place = i % 337
    return [String(1300000 + i), `province ${place % 31}\tcity ${place}\tcarrier ${i % 4}\t${100000 + place}\t0${place}`]
  })
  const meta = { source: 'made up', as_of: '2026-01-01' }
  writePack(files[0], meta, entries, { hash: true })
  writePack(files[1], meta, entries)
  return files
}
