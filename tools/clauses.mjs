// clauses.mjs: which clauses of the founding policy (policy/clauses.tsv) the tests have proved.
//
// A test says in its name what it proves: `[C5][C9] a code …` or `[fault 6] …` in JavaScript; `row_C5_…`,
// `rows_C5_C9__…`, `row_T6_1_…` (T6.1), `fault_6_…` or `faults_6_25__…` in C. A clause is proved by a test that passed, as long as no
// test of its name failed. A clause marked `test` that is not proved is a failure; one marked `open: reason` is told.
import fs from 'node:fs'

// The most clauses that may be open. Ten once the house is built; until then, all that are being built.
export const OPEN_MAX = 10
export const FAULTS = 48

export function readClauses(text) {
  const rows = []
  for (const [at, line] of text.split('\n').entries()) {
    if (!line.trim() || line.startsWith('#')) continue
    const [id, says, state, more] = line.split('\t')
    const wrong = (say) => { throw new Error(`policy/clauses.tsv:${at + 1}: ${say}`) }
    if (!state || more !== undefined) wrong('a line has three cells: id, clause, state')
    if (!/^[A-Z]\d+([a-f]|\.\d)?$/.test(id) || rows.some((r) => r.id === id)) wrong(`${id} is no id, or there twice`)
    if (state !== 'test' && !/^open: \S/.test(state)) wrong('state is `test` or `open: reason`')
    rows.push({ id, says, reason: state === 'test' ? null : state.slice(6) })
  }
  return rows
}

// The ids in the words of a C name: T6 followed by a number alone is T6.1.
function wordsOf(words, isList) {
  const ids = []
  for (let i = 0; i < words.length && (isList || i === 0); i++) {
    const isPart = /^T6$/.test(words[i]) && /^\d$/.test(words[i + 1] ?? '')
    ids.push(isPart ? `${words[i]}.${words[++i]}` : words[i])
  }
  return ids
}

// What a test of this name proves: ["C5", "C9", "fault 6"].
export function provenBy(name) {
  const marks = /^(?:\[[^\]]+\])+/.exec(name)
  if (marks) return [...marks[0].matchAll(/\[([^\]]+)\]/g)].map((m) => m[1]).filter((id) => /^([A-Z]\d+([a-f]|\.\d)?|fault \d+)$/.test(id))
  const inC = /^(rows?|faults?)_(.+)$/.exec(name)
  if (!inC) return []
  const isList = inC[1].endsWith('s')
  const words = (isList ? inC[2].split('__')[0] : inC[2]).split('_')
  if (inC[1].startsWith('fault')) return (isList ? words : words.slice(0, 1)).filter((w) => /^\d+$/.test(w)).map((w) => `fault ${w}`)
  return wordsOf(words, isList).filter((id) => /^[A-Z]\d+([a-f]|\.\d)?$/.test(id))
}

// Adds the tests of a TAP text, those inside others too, to `seen`: id → { passed, failed }.
export function collect(tap, seen = new Map()) {
  for (const line of tap.split('\n')) {
    const result = /^\s*(not )?ok \d+ (?:- )?(.*?)\s*$/.exec(line)
    if (!result || /# (SKIP|TODO)/i.test(result[2])) continue
    for (const id of provenBy(result[2].replace(/\\(?=[#\\])/g, ''))) {
      const row = seen.get(id) ?? { passed: 0, failed: 0 }
      row[result[1] ? 'failed' : 'passed']++
      seen.set(id, row)
    }
  }
  return seen
}

// What to print, and how many failures it is.
export function judge(rows, seen, openMax = OPEN_MAX) {
  const isProved = (id) => (seen.get(id)?.passed ?? 0) > 0 && seen.get(id).failed === 0
  const lines = []
  let failures = 0
  const open = rows.filter((r) => r.reason)
  for (const r of rows.filter((row) => !row.reason && !isProved(row.id))) {
    const why = seen.get(r.id)?.failed ? 'a test of it failed' : 'no test that passed names it'
    lines.push(`clause ${r.id} (${r.says}) is not proved: ${why}`)
    failures++
  }
  for (const id of seen.keys())
    if (!id.startsWith('fault ') && !rows.some((r) => r.id === id)) {
      lines.push(`a test names the clause ${id}, which policy/clauses.tsv does not have`)
      failures++
    }
  const proved = rows.filter((r) => isProved(r.id)).length
  const faults = [...Array(FAULTS).keys()].map((n) => n + 1)
  const missing = faults.filter((n) => !isProved(`fault ${n}`))
  lines.push(`clauses: ${proved} of ${rows.length} proved, ${open.length} open; faults: ${FAULTS - missing.length} of ${FAULTS} proved`)
  const reasons = new Map()
  for (const r of open) {
    const told = isProved(r.id) ? 'has a test that passes: mark it `test`' : r.reason
    reasons.set(told, [...(reasons.get(told) ?? []), r.id])
  }
  for (const [reason, ids] of reasons) lines.push(`  open ${ids.join(' ')}: ${reason}`)
  if (missing.length) lines.push(`  faults without a test: ${missing.join(' ')}`)
  if (open.length > openMax) {
    lines.push(`${open.length} clauses are open; ${openMax} may be`)
    failures++
  }
  return { lines, failures, proved }
}

export const clausesOf = (file) => readClauses(fs.readFileSync(file, 'utf8'))
