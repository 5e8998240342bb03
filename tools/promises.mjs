// promises.mjs: policy/promises.toml and policy/legal_refs.tsv → a table of C; what does not fit fails the build.
//
//     node tools/promises.mjs OUT.c      checks and writes
//     node tools/promises.mjs --update   writes the hash of each sentence into promises.toml, as it reads now
//
// Faults: a sentence of the newest version that the file does not map, or a mapped one that is none; a hash that is not
// the sentence's; a promise or a right without a probe; a probe, a kind or a file that is not there; a sentence
// of an older version that neither the newest nor [retired.…] names; two laws of one code; a successor that is none.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const KINDS = ['promise', 'right', 'definition', 'notice']

// Tables and `name = "text"`: all of TOML that the file needs; anything else is a fault.
export function readToml(text) {
  const tables = { '': {} }
  let table = tables['']
  for (const [at, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    const head = /^\[([A-Za-z0-9_.-]+)\]$/.exec(line), pair = /^([a-z0-9_]+) = "((?:[^"\\]|\\["\\])*)"$/.exec(line)
    const wrong = (say) => { throw new Error(`promises.toml:${at + 1}: ${say}`) }
    if (!line || line.startsWith('#')) continue
    if (head && tables[head[1]]) wrong(`[${head[1]}] is there twice`)
    if (head) table = tables[head[1]] = {}
    else if (pair && pair[1] in table) wrong(`${pair[1]} is there twice`)
    else if (pair) table[pair[1]] = pair[2].replace(/\\(["\\])/g, '$1')
    else wrong('a line is [table] or name = "text"')
  }
  return tables
}

// The sentences of one language: id → text.
export function sentencesOf(text) {
  const found = new Map()
  for (const line of text.split('\n')) {
    const sentence = /^\[([^\]]+)\]\s*(.*?)\s*$/.exec(line)
    if (sentence) found.set(sentence[1], sentence[2])
  }
  return found
}

export const hashOf = (zh, en) => createHash('sha256').update(`${zh}\n${en}`).digest('hex')

export function readLaws(text) {
  const laws = []
  for (const [at, line] of text.split('\n').entries()) {
    if (!line.trim() || line.startsWith('#')) continue
    const [code, zh, en, edition, status, superseded, effective, more] = line.split('\t')
    const wrong = (say) => { throw new Error(`legal_refs.tsv:${at + 1}: ${say}`) }
    if (!effective || more !== undefined) wrong('a line has seven cells')
    if (!/^[a-z][a-z0-9-]*$/.test(code) || laws.some((l) => l.code === code)) wrong(`${code} is no code, or there twice`)
    if (!/^\d{4}-\d\d-\d\d$/.test(effective)) wrong('effective is a day')
    if ((status === 'superseded') !== (superseded !== '-')) wrong('what is superseded names its successor, and nothing else does')
    laws.push({ code, zh, en, edition, effective, superseded: superseded === '-' ? null : superseded })
  }
  for (const l of laws)
    if (l.superseded && !laws.some((o) => o.code === l.superseded)) throw new Error(`legal_refs.tsv: ${l.superseded}, the successor of ${l.code}, is not there`)
  return laws
}

// One sentence a fault.
export function faultsOf({ tables, versions, probes, exists }) {
  const faults = []
  const newest = versions.at(-1), mapped = new Set(), retired = new Set()
  if (tables[''].version !== newest.version) faults.push(`promises.toml is of version ${tables[''].version}, the newest policy is ${newest.version}`)
  for (const [name, row] of Object.entries(tables)) {
    const [, group, id] = /^(sentence|retired)\.(.+)$/.exec(name) ?? []
    if (!name) continue
    if (!group) { faults.push(`[${name}] is neither [sentence.…] nor [retired.…]`); continue }
    (group === 'sentence' ? mapped : retired).add(id)
    if (!KINDS.includes(row.kind)) faults.push(`[${name}] kind "${row.kind}" is none of ${KINDS.join(', ')}`)
    if (group === 'retired') {
      if (newest.zh.has(id)) faults.push(`[${name}] is a sentence of the newest version`)
      continue
    }
    if (!newest.zh.has(id)) { faults.push(`[${name}] is no sentence of version ${newest.version}`); continue }
    if (row.sha256 !== hashOf(newest.zh.get(id), newest.en.get(id)))
      faults.push(`[${name}] the sentence was changed: see that what is said of it still holds, then node tools/promises.mjs --update`)
    if ((row.kind === 'promise' || row.kind === 'right') && !row.probe) faults.push(`[${name}] a ${row.kind} needs a probe`)
    if (row.probe && !probes.has(row.probe)) faults.push(`[${name}] src/domain/probes.def has no probe ${row.probe}`)
    if (row.probe && !/^[1-9]\d*h$/.test(row.max_age ?? '')) faults.push(`[${name}] max_age is a number of hours: "25h"`)
    if (!row.machinery) faults.push(`[${name}] machinery is empty`)
    for (const file of row.machinery?.match(/(?<![\w/])(src|sql|web|conf|tools|policy)\/[\w./-]+\w/g) ?? [])
      if (!exists(file)) faults.push(`[${name}] there is no ${file}`)
  }
  for (const id of newest.zh.keys()) if (!mapped.has(id)) faults.push(`[${id}] of version ${newest.version} is not mapped: say what it rests on`)
  for (const v of versions.slice(0, -1))
    for (const id of v.zh.keys())
      if (!newest.zh.has(id) && !retired.has(id)) faults.push(`[${id}] of version ${v.version} is gone from the newest: name it in [retired.${id}]`)
  return faults
}

function load(root) {
  const read = (...parts) => fs.readFileSync(path.join(root, ...parts), 'utf8')
  const numbers = fs.readdirSync(path.join(root, 'policy')).map((f) => /^(\d+)\.zh\.md$/.exec(f)?.[1]).filter(Boolean)
  return {
    tables: readToml(read('policy', 'promises.toml')),
    laws: readLaws(read('policy', 'legal_refs.tsv')),
    versions: numbers.sort((a, b) => a - b).map((version) => ({ version,
      zh: sentencesOf(read('policy', `${version}.zh.md`)), en: sentencesOf(read('policy', `${version}.en.md`)) })),
    probes: new Set([...read('src', 'domain', 'probes.def').matchAll(/^PROBE\((\w+)/gm)].map((m) => m[1])),
    exists: (file) => fs.existsSync(path.join(root, file)),
  }
}

const c = (text) => text ? JSON.stringify(text) : 'NULL'

function print({ tables, laws }) {
  const rows = Object.entries(tables).filter(([name]) => name).map(([name, row]) => {
    const id = name.slice(name.indexOf('.') + 1)
    const words = [c(id), c(row.sha256), `KIND_${row.kind.toUpperCase()}`, c(row.machinery), c(row.probe), row.max_age ? `${parseInt(row.max_age) * 3600}` : '0']
    return `    {${words.join(', ')}},`
  })
  const refs = laws.map((l) => `    {${[c(l.code), `{${c(l.zh)}, ${c(l.en)}}`, c(l.edition), c(l.effective), c(l.superseded)].join(', ')}},`)
  return `/* Made by tools/promises.mjs from policy/promises.toml and policy/legal_refs.tsv. */
#include "domain/legal.h"
#include "domain/promise.h"
const struct promise policy_promises[] = {
${rows.join('\n')}
    {0},
};
const struct legal_ref legal_refs[] = {
${refs.join('\n')}
    {0},
};
`
}

function update(root) {
  const file = path.join(root, 'policy', 'promises.toml')
  const { versions } = load(root)
  const newest = versions.at(-1)
  let id = null
  const lines = fs.readFileSync(file, 'utf8').split('\n').map((line) => {
    const head = /^\[(sentence\.)?(.+)\]$/.exec(line.trim())
    if (head) id = head[1] ? head[2] : null
    return /^sha256 = /.test(line) && newest.zh.has(id) ? `sha256 = "${hashOf(newest.zh.get(id), newest.en.get(id))}"` : line
  })
  fs.writeFileSync(file, lines.join('\n'))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
  try {
    if (process.argv[2] === '--update') update(root)
    const all = load(root), faults = faultsOf(all)
    for (const fault of faults) console.error(`promises.toml: ${fault}`)
    if (faults.length) process.exitCode = 1
    else if (process.argv[2] && process.argv[2] !== '--update') fs.writeFileSync(process.argv[2], print(all))
  } catch (e) {
    console.error(e.message)
    process.exitCode = 1
  }
}
