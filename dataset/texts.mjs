// texts.mjs: what the recipes of texts share: our own tables, Chinese made simplified, lists by a key.
import fs from 'node:fs'
import path from 'node:path'
import { execFileSync } from 'node:child_process'

const here = path.dirname(new URL(import.meta.url).pathname)

// Rows of dataset/own/<name>.tsv; lines that begin with # are comments.
export const ownRows = (name) =>
  fs.readFileSync(path.join(here, 'own', `${name}.tsv`), 'utf8').split('\n').filter((l) => l && !l.startsWith('#')).map((l) => l.split('\t'))

export const number = (n, digits) => String(n).padStart(digits, '0')

// All texts in one run of OpenCC's program, which chooses characters by the words that they are in.
export function simplified(texts) {
  const mark = '\u0001\n'
  const out = execFileSync('opencc', ['-c', 't2s.json'], { input: texts.join(mark), encoding: 'utf8', maxBuffer: 1 << 29 })
  const parts = out.split(mark)
  parts[parts.length - 1] = parts.at(-1).replace(/\n$/, '')
  if (parts.length !== texts.length) throw new Error(`opencc gave ${parts.length} texts for ${texts.length}`)
  return parts
}

// Lists under keys: add('+月', '000012'), then rows() with the members parted by tabs.
export class Lists {
  constructor(most = Infinity) {
    this.most = most
    this.map = new Map()
  }
  add(key, member) {
    const list = this.map.get(key) ?? this.map.set(key, []).get(key)
    if (list.length < this.most) list.push(member)
  }
  rows() {
    return [...this.map].map(([key, list]) => [key, list.join('\t')])
  }
}
