// dictionaries: the Jargon File and the Devil's Dictionary, both in the public domain.
//
// Key: "jargon" or "devil", ":" and the headword in small letters; value: the headword, the text with its line ends.
import fs from 'node:fs'
import zlib from 'node:zlib'

export const sources = [
  { debian: 'dict-jargon', path: '/usr/share/dictd', licence: 'public domain' },
  { debian: 'dict-devil', path: '/usr/share/dictd', licence: 'public domain' },
]
export const source = "Jargon File 4.4.7, The Devil's Dictionary (1911)"
export const as_of = '2003-12-29'
export const hash = true

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const decode = (t) => [...t].reduce((n, c) => n * 64 + DIGITS.indexOf(c), 0)

function book(name) {
  const text = zlib.gunzipSync(fs.readFileSync(`/usr/share/dictd/${name}.dict.dz`)), found = new Map()
  for (const line of fs.readFileSync(`/usr/share/dictd/${name}.index`, 'utf8').split('\n')) {
    const [word, at, length] = line.split('\t')
    if (!length || word.startsWith('00-database') || word.startsWith('00database')) continue
    const entry = text.subarray(decode(at), decode(at) + decode(length)).toString('utf8').replace(/\t/g, ' ').trim()
    if (!found.has(word.toLowerCase())) found.set(word.toLowerCase(), `${word}\t${entry}`)
  }
  return [...found].map(([word, value]) => [`${name}:${word}`, value])
}

export const entries = () => [...book('jargon'), ...book('devil')]
