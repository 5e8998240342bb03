// user_agent: the expressions of uap-core in their order: "b0001" (browser), "o0001" (system), "d0001" (device), "r0001"
// (crawlers, of crawler-user-agents) to "needed literal\tflag\texpression\treplacements …".
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'
import { literalOf } from '../literal.mjs'

const require = createRequire(import.meta.url)

export const sources = [
  { package: 'uap-core', version: '0.18.0', licence: 'Apache-2.0' },
  { package: 'crawler-user-agents', version: '1.60.0', licence: 'MIT' },
]
export const source = 'uap-core 0.18.0, crawler-user-agents 1.60.0'
export const as_of = '2026-08-10'

const PARTS = {
  user_agent_parsers: ['b', ['family_replacement', 'v1_replacement', 'v2_replacement', 'v3_replacement']],
  os_parsers: ['o', ['os_replacement', 'os_v1_replacement', 'os_v2_replacement', 'os_v3_replacement']],
  device_parsers: ['d', ['device_replacement', 'brand_replacement', 'model_replacement']],
}

function scalar(text) {
  const t = text.trim()
  if (t.startsWith("'")) return t.slice(1, t.lastIndexOf("'")).replaceAll("''", "'")
  if (t.startsWith('"')) return JSON.parse(t.slice(0, t.lastIndexOf('"') + 1))
  return t.replace(/\s+#.*$/, '')
}

// The file is a plain subset of YAML: three lists of maps of scalars.
function* rulesOf(file) {
  let part, rule
  for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
    if (/^\s*(#|$)/.test(line)) continue
    const head = /^(\w+):\s*$/.exec(line)
    const item = /^\s+(- )?(\w+):\s(.*)$/.exec(line)
    if (!head && !item) throw new Error(`cannot read: ${line}`)
    if (rule && (head || item[1])) yield [part, rule]
    if (head) [part, rule] = [head[1], undefined]
    else if (item[1]) rule = { [item[2]]: scalar(item[3]) }
    else rule[item[2]] = scalar(item[3])
  }
  if (rule) yield [part, rule]
}

function row(regex, flag, rest) {
  const fields = [literalOf(regex), flag ?? '', regex, ...rest]
  if (fields.some((field) => field.includes('\t'))) throw new Error(`a tab in ${regex}`)
  return fields.join('\t')
}

export function entries() {
  const counts = {}, found = []
  const key = (letter) => `${letter}${String((counts[letter] = (counts[letter] ?? 0) + 1)).padStart(4, '0')}`
  for (const [part, rule] of rulesOf(require.resolve('uap-core/regexes.yaml'))) {
    const [letter, names] = PARTS[part]
    found.push([key(letter), row(rule.regex, rule.regex_flag, names.map((name) => rule[name] ?? ''))])
  }
  for (const bot of JSON.parse(fs.readFileSync(path.join(import.meta.dirname, '../node_modules/crawler-user-agents/crawler-user-agents.json'), 'utf8')))
    found.push([key('r'), row(bot.pattern, '', [bot.url ?? '', (bot.description ?? '').replace(/\s+/g, ' '), (bot.tags ?? []).join(' ')])])
  return found
}
