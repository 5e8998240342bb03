// run-tests.mjs: runs every test of the house and sums them up; what `make test` ends with.
//
//     node tools/run-tests.mjs CHECK_FOLDER BUILD_FOLDER
//
// The tests are: arrows and tidy, each program of CHECK/tests, the fuzz corpora through CHECK/fuzz,
// each *.test.mjs of tools/, dataset/ and test/, and some scenes again under the sanitizers. All speak TAP.
// Behind all others, every log that the scenes' servers left is searched for what their persons typed (tools/traces.mjs).
// What the names of the tests say that they prove is compared with policy/clauses.tsv (tools/clauses.mjs), and
// BUILD/checklist.html is made of it (tools/checklist.mjs).
// A program that dies before it has run what it announced counts as one failure more. The output of what failed is printed; the last line is
// `N passed, N failed`, with `, N skipped` where one was; the exit code is 1 where one failed.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { gather, writeChecklist } from './checklist.mjs'
import { clausesOf, collect, judge } from './clauses.mjs'

const LIMIT_S = 300

// What a TAP text counts: a top-level line is one test; lines inside a subtest are not counted again.
export function count(tap, status) {
  const sum = { passed: 0, failed: 0, skipped: 0 }
  let planned = null
  for (const line of tap.split('\n')) {
    const plan = /^1\.\.(\d+)/.exec(line)
    const result = /^(not )?ok\b(.*)/.exec(line)
    if (plan) planned = Number(plan[1])
    else if (result && /# SKIP/i.test(result[2])) sum.skipped++
    else if (result && result[1]) sum.failed++
    else if (result) sum.passed++
  }
  const ran = sum.passed + sum.failed + sum.skipped
  const broken = planned === null || ran < planned || (status !== 0 && sum.failed === 0)
  return broken ? { ...sum, failed: sum.failed + 1 } : sum
}

function under(folder, ending, found = []) {
  if (!fs.existsSync(folder)) return found
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(folder, entry.name)
    if (entry.isDirectory() && entry.name !== 'node_modules') under(name, ending, found)
    else if (entry.isFile() && name.endsWith(ending)) found.push(name)
  }
  return found.sort()
}

function jobsOf(check, build) {
  const env = {
    ...process.env, CMOCKA_MESSAGE_OUTPUT: 'TAP',
    ALAPI_DATA: path.resolve(build, 'data'), ALAPI_BUILD: path.resolve(build), ALAPI_CHECK: path.resolve(check),
  }
  const job = (name, ...words) => ({ name, words, env })
  const node = process.execPath
  const jobs = [job('arrows', node, 'tools/arrows.mjs', '--tap'), job('tidy', node, 'tools/tidy.mjs', '--tap')]
  for (const file of under(path.join(check, 'tests'), '_test')) jobs.push(job(path.basename(file), file))
  for (const file of under(path.join(check, 'fuzz'), '_replay')) {
    const name = path.basename(file, '_replay')
    const seeds = ['corpus', 'regression'].flatMap((kind) => under(path.join('fuzz', kind, name), ''))
    jobs.push(job(`${name} corpus`, file, ...seeds))
  }
  for (const file of [...under('tools', '.test.mjs'), ...under('dataset', '.test.mjs'), ...under('test', '.test.mjs')])
    jobs.push(job(file, node, '--test', '--test-reporter=tap', file))
  for (const file of SANITIZED) {
    const again = job(`${file} under sanitizers`, node, '--test', '--test-reporter=tap', file)
    jobs.push({ ...again, env: { ...env, ALAPI_BUILD: path.resolve(check), ...sanitizers() } })
  }
  return jobs
}

// The scenes that lead every kind of input through nginx, our module, serve and worker: once more with all of
// these built with the sanitizers. nginx itself is not, so their runtimes are loaded before it.
const SANITIZED = ['test/scene/call.test.mjs', 'test/scene/person.test.mjs']

function sanitizers() {
  const find = (name) => spawnSync('gcc', [`-print-file-name=${name}`], { encoding: 'utf8' }).stdout.trim()
  return { LD_PRELOAD: `${find('libasan.so')}:${find('libubsan.so')}`, ASAN_OPTIONS: 'detect_leaks=0' }
}

// A test that failed half-way leaks what it held; its own sentence is what one wants to read.
function worthReading(all) {
  const leaks = all.search(/\n=+\n==\d+==ERROR: LeakSanitizer/)
  return (leaks > 0 && /^not ok/m.test(all) ? all.slice(0, leaks) : all).trimEnd()
}

function run(job) {
  return new Promise((resolve) => {
    const child = spawn(job.words[0], job.words.slice(1), { env: job.env, stdio: ['ignore', 'pipe', 'pipe'] })
    let out = '', all = '', late = false
    const stop = setTimeout(() => { late = true; child.kill('SIGKILL') }, LIMIT_S * 1000)
    child.stdout.on('data', (d) => { out += d; all += d })
    child.stderr.on('data', (d) => { all += d })
    child.on('error', (e) => { all += `${e.message}\n` })
    child.on('close', (code, signal) => {
      clearTimeout(stop)
      if (late) all += `it was still running after ${LIMIT_S} s and was stopped\n`
      resolve({ job, all, out, end: signal ?? `exit ${code}`, sum: count(out, code === 0 ? 0 : 1) })
    })
  })
}

async function main([check, build]) {
  process.env.ALAPI_TRACES = fs.mkdtempSync(path.join(os.tmpdir(), 'alapi-traces-'))
  const jobs = jobsOf(check, build)
  const total = { passed: 0, failed: 0, skipped: 0 }, seen = new Map(), tests = new Map()
  const began = Date.now()
  let said = began
  // What starts servers and measures times (test/) runs alone, behind all else.
  const alone = jobs.filter((job) => job.name.startsWith('test/'))
  const together = jobs.filter((job) => !alone.includes(job))
  const worker = async (queue) => {
    for (let job; (job = queue.shift());) {
      const { all, out, end, sum } = await run(job)
      collect(out, seen)
      gather(out, tests)
      for (const kind of Object.keys(total)) total[kind] += sum[kind]
      if (sum.failed) console.log(`---- ${job.name} (${end})\n${worthReading(all)}\n`)
      if (Date.now() - said > 5000) {
        said = Date.now()
        console.log(`tests: ${total.passed + total.failed} done, ${together.length + alone.length} files to go, ${Math.round((said - began) / 1000)} s`)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(2, os.cpus().length) }, () => worker(together)))
  await worker(alone)
  await worker([{ name: 'tools/traces.mjs', words: [process.execPath, 'tools/traces.mjs', process.env.ALAPI_TRACES], env: process.env }])
  fs.rmSync(process.env.ALAPI_TRACES, { recursive: true, force: true })
  const clauses = judge(clausesOf('policy/clauses.tsv'), seen)
  for (const line of clauses.lines) console.log(line)
  total.failed += clauses.failures
  console.log(writeChecklist(build, 'policy/asvs.tsv', tests))
  console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`)
  process.exitCode = total.failed ? 1 : 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.length !== 4) {
    console.error('usage: node tools/run-tests.mjs CHECK_FOLDER BUILD_FOLDER')
    process.exit(64)
  }
  process.chdir(path.join(path.dirname(fileURLToPath(import.meta.url)), '..'))
  await main(process.argv.slice(2))
}
