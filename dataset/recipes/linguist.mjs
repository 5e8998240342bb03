// linguist: "=c++" to "name\ttype\tcolour\tgroup\text …"; ".cpp" to the languages that use it; "#dockerfile" to those of a file
// name; "@node" to those of an interpreter.
import * as languages from 'linguist-languages'

export const sources = [{ package: 'linguist-languages', version: '9.5.0', licence: 'MIT' }]
export const source = 'GitHub Linguist, by linguist-languages 9.5.0'
export const as_of = '2026-08-30'
export const hash = true

export function entries() {
  const found = new Map(), lists = new Map()
  const list = (key, name) => lists.set(key, [...(lists.get(key) ?? []), name])
  for (const row of Object.values(languages)) {
    const value = [row.name, row.type, row.color ?? '', row.group ?? '', ...(row.extensions ?? [])].join('\t')
    for (const name of [row.name, ...(row.aliases ?? [])])
      if (!found.has(`=${name.toLowerCase()}`) || name === row.name) found.set(`=${name.toLowerCase()}`, value)
    for (const extension of new Set(row.extensions ?? [])) list(extension.toLowerCase(), row.name)
    for (const name of new Set((row.filenames ?? []).map((n) => n.toLowerCase()))) list(`#${name}`, row.name)
    for (const name of new Set(row.interpreters ?? [])) list(`@${name.toLowerCase()}`, row.name)
  }
  return [...found, ...[...lists].map(([key, names]) => [key, names.join('\t')])]
}
