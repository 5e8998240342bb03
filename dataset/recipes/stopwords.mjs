// stopwords: "zh" to its stop words, parted by tabs; "zh\t的" to nothing, for asking after one word.
import { createRequire } from 'node:module'

const lists = createRequire(import.meta.url)('stopwords-iso/stopwords-iso.json')

export const sources = [{ package: 'stopwords-iso', version: '1.1.0', licence: 'MIT' }]
export const source = 'stopwords-iso 1.1.0'
export const as_of = '2024-12-09'
export const hash = true

export function entries() {
  return Object.entries(lists).flatMap(([language, words]) => {
    const clean = [...new Set(words.map((word) => word.trim()).filter((word) => word && !word.includes('\t')))]
    return [[language, clean.join('\t')], ...clean.map((word) => [`${language}\t${word}`, '1'])]
  })
}
