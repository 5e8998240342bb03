// checklist.mjs: the lines of policy/asvs.tsv beside the tests that prove them, as a page and as JSON.
//
// Made of the results of a whole `make test`: build/checklist.html and build/checklist.json. A line is `proved` where
// each of its proofs has a test that passed and none that failed; `failed` where one failed; else `no test`.
import fs from 'node:fs'
import path from 'node:path'
import { provenBy } from './clauses.mjs'

const PROOF = /^(B\d+|fault \d+|[A-Z]\d+([a-f]|\.\d)?)$/

export function readLines(text) {
  const lines = []
  for (const [at, line] of text.split('\n').entries()) {
    if (!line.trim() || line.startsWith('#')) continue
    const cells = line.split('\t')
    const wrong = (say) => { throw new Error(`policy/asvs.tsv:${at + 1}: ${say}`) }
    if (cells.length !== 4) wrong('a line has four cells: number, requirements, what is asked, proofs')
    const [number, requirements, asks, proofs] = cells
    if (Number(number) !== lines.length + 1) wrong(`this is line ${lines.length + 1}`)
    const ids = proofs === '-' ? [] : proofs.split(', ')
    for (const id of ids) if (!PROOF.test(id)) wrong(`${id} is no proof`)
    lines.push({ number: Number(number), requirements: requirements.split(' '), asks, proofs: ids })
  }
  return lines
}

// The ids that a test's name proves: those of clauses.mjs, and B5 of checklist_B5_… or checklist_B5_B6__….
export function idsOf(name) {
  const list = /^checklist_((?:B\d+_)+)/.exec(name)
  return [...new Set([...provenBy(name), ...(list ? list[1].split('_').filter(Boolean) : [])])]
}

// Adds the tests of a TAP text to `tests`: id → [{ name, passed }].
export function gather(tap, tests = new Map()) {
  for (const line of tap.split('\n')) {
    const result = /^\s*(not )?ok \d+ (?:- )?(.*?)\s*$/.exec(line)
    if (!result || /# (SKIP|TODO)/i.test(result[2])) continue
    const name = result[2].replace(/\\(?=[#\\])/g, '')
    for (const id of idsOf(name)) tests.set(id, [...(tests.get(id) ?? []), { name, passed: !result[1] }])
  }
  return tests
}

export function judgeLines(lines, tests) {
  return lines.map((line) => {
    const found = line.proofs.map((id) => ({ id, tests: tests.get(id) ?? [] }))
    const all = found.flatMap((f) => f.tests)
    const isProved = found.length > 0 && found.every((f) => f.tests.length > 0) && all.every((t) => t.passed)
    return { ...line, proofs: found, state: isProved ? 'proved' : all.some((t) => !t.passed) ? 'failed' : 'no test' }
  })
}

const escape = (text) => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c])

function row(line) {
  const proofs = line.proofs.map((p) => `<details><summary>${escape(p.id)}: ${p.tests.length}</summary><ul>${p.tests.map((t) =>
    `<li>${t.passed ? '✓' : '✗'} ${escape(t.name)}</li>`).join('')}</ul></details>`).join('')
  return `<tr><td>${line.number}</td><td>${escape(line.requirements.join(' '))}</td><td>${escape(line.asks)}</td><td>${line.state}</td><td>${proofs}</td></tr>`
}

export function page(judged) {
  const proved = judged.filter((l) => l.state === 'proved').length
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>ASVS 5.0.0: what is proved</title></head><body>
<h1>OWASP ASVS 5.0.0: what is proved</h1>
<p>${proved} of ${judged.length} lines are proved by tests that passed. Made by the run of all tests; no line is claimed without one.</p>
<p lang="zh-CN">${judged.length} 项中 ${proved} 项由通过的测试证明；本页由全部测试的结果生成，没有测试的不算。</p>
<table><thead><tr><th>line</th><th>requirements</th><th>asks</th><th>state</th><th>tests</th></tr></thead><tbody>
${judged.map(row).join('\n')}
</tbody></table></body></html>
`
}

// Writes both files into the folder; the sentence to tell.
export function writeChecklist(folder, file, tests) {
  const judged = judgeLines(readLines(fs.readFileSync(file, 'utf8')), tests)
  fs.writeFileSync(path.join(folder, 'checklist.json'), `${JSON.stringify(judged, null, 1)}\n`)
  fs.writeFileSync(path.join(folder, 'checklist.html'), page(judged))
  const of = (state) => judged.filter((l) => l.state === state).map((l) => l.number)
  const rest = [['failed', 'failed'], ['no test', 'without a test']].filter(([s]) => of(s).length).map(([s, says]) => `; ${says}: ${of(s).join(' ')}`)
  return `checklist: ${of('proved').length} of ${judged.length} lines of ASVS proved${rest.join('')} (checklist.html)`
}
