// gateway.mjs: what a fully checked and metered call costs, beside servers that do less; docs/benchmarks.md
// tells how it is measured and how to read it.
//
//     node bench/gateway.mjs BUILD [ROUNDS] [REQUESTS]
//
// All servers stay up during the whole run. A round asks each of them once, one after the other, for the same
// calls; figures are medians of the rounds. CPU time is what the kernel scheduled to the server's processes.
import fs from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import crypto from 'node:crypto'
import { once } from 'node:events'
import { spawn, spawnSync } from 'node:child_process'
import * as candidates from './candidates.mjs'

const TOKENS = [1, 1000, 1000000]
const URIS = 65536
const LOADERS = 8, CLIENTS = 4 // every client of an h2load goes through the same list, so there are several
const STEADY = { clients: 40, rate: 250, seconds: 20 } // together 10,000 calls a second

function fail(why) {
  throw new Error(why)
}

// ---- processes ----

function processesOf(pid) {
  const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  return [pid, ...(children ? children.split(' ').flatMap((child) => processesOf(Number(child))) : [])]
}

// Nanoseconds on a CPU, of all threads of a process and its children.
function cpuNs(pid) {
  let sum = 0
  for (const one of processesOf(pid))
    for (const thread of fs.readdirSync(`/proc/${one}/task`))
      sum += Number(fs.readFileSync(`/proc/${one}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
  return sum
}

function pssMb(pid) {
  const kb = (one) => Number(/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${one}/smaps_rollup`, 'utf8'))[1])
  return processesOf(pid).reduce((sum, one) => sum + kb(one), 0) / 1024
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

function ask(port, uri) {
  return new Promise((resolve, reject) => {
    const request = http.get({ port, host: '127.0.0.1', path: uri, agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (piece) => { body += piece })
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }))
    })
    request.on('error', reject)
  })
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

// Starts the server and waits until it answers that a request without a token is not a call (or 200).
async function start(candidate, user) {
  fs.mkdirSync(path.join(candidate.folder, 'state'), { recursive: true })
  for (const [name, text] of Object.entries(candidate.files)) fs.writeFileSync(path.join(candidate.folder, name), text)
  if (user) spawnSync('chown', ['-R', user, candidate.folder])
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }
  const child = spawn(candidate.words[0], candidate.words.slice(1), { cwd: candidate.folder, env, stdio: ['ignore', 'ignore', 'pipe'] })
  candidate.child = child
  let said = ''
  child.stderr.on('data', (piece) => { said += piece })
  child.on('error', (error) => { said += error.message })
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null || !child.pid) fail(`${candidate.name} does not start:\n${said}`)
    const answer = await ask(candidate.port, '/api/ip').catch(() => null)
    if (answer) return
    await pause(100)
  }
  fail(`${candidate.name} does not answer:\n${said}`)
}

async function stop(child, signal) {
  if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'close')
}

// ---- load ----

function randomAddress() {
  for (;;) {
    const bytes = crypto.randomBytes(4)
    const [a, b] = bytes
    const special = a === 0 || a === 10 || a === 127 || a >= 224 || (a === 100 && b >= 64 && b < 128) ||
      (a === 169 && b === 254) || (a === 172 && b >= 16 && b < 32) || a === 192 || a === 198 || a === 203
    if (!special) return bytes.join('.')
  }
}

function urisOf(tokens) {
  return Array.from({ length: URIS }, () => `/api/ip?ip=${randomAddress()}&token=${tokens[crypto.randomInt(tokens.length)]}`)
}

function loader({ port, file, clients, requests, rate, log }) {
  const words = ['--h1', '-t', '1', '-c', String(clients), '-n', String(requests), '-i', file,
    '-B', `http://127.0.0.1:${port}`, `--log-file=${log}`, ...(rate ? [`--rps=${rate}`] : [])]
  return new Promise((resolve, reject) => {
    const child = spawn('h2load', words, { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    child.stdout.on('data', (piece) => { said += piece })
    child.stderr.on('data', (piece) => { said += piece })
    child.on('error', reject)
    child.on('close', () => {
      const good = Number(/status codes: (\d+) 2xx/.exec(said)?.[1] ?? 0)
      if (good !== requests) reject(new Error(`h2load: ${good} of ${requests} calls were answered with 200:\n${said}`))
      else resolve(log)
    })
  })
}

// Start and latency of every request, in microseconds.
function timesOf(logs) {
  const spans = []
  let first = Infinity, last = 0
  for (const log of logs)
    for (const line of fs.readFileSync(log, 'latin1').split('\n')) {
      if (!line) continue
      const [began, , took] = line.split('\t').map(Number)
      spans.push(took)
      first = Math.min(first, began)
      last = Math.max(last, began + took)
    }
  const sorted = Float64Array.from(spans).sort()
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999), perSecond: sorted.length / ((last - first) / 1e6) }
}

let turn = 0

// One server's part of a round: `requests` calls, as fast as it answers.
async function measure(candidate, scratch, requests) {
  const each = requests / LOADERS, step = each / CLIENTS
  const jobs = Array.from({ length: LOADERS }, (_, i) => {
    const file = path.join(scratch, `uris.${i}`), log = path.join(scratch, `log.${i}`)
    const from = ((turn * LOADERS + i) * step) % URIS
    const uris = [...candidate.uris, ...candidate.uris].slice(from, from + step)
    fs.writeFileSync(file, uris.map((uri) => `http://127.0.0.1:${candidate.port}${uri}\n`).join(''))
    return { port: candidate.port, file, log, clients: CLIENTS, requests: each }
  })
  const before = cpuNs(candidate.child.pid), drained = candidate.drain ? cpuNs(candidate.drain.pid) : 0
  const logs = await Promise.all(jobs.map(loader))
  const cpuUs = (cpuNs(candidate.child.pid) - before) / requests / 1000
  const drainUs = candidate.drain ? (cpuNs(candidate.drain.pid) - drained) / requests / 1000 : 0
  candidate.answered += requests
  return { cpuUs, drainUs, ...timesOf(logs) }
}

async function steady(candidate, scratch) {
  const { clients, rate, seconds } = STEADY
  const requests = clients * rate * seconds
  const file = path.join(scratch, 'uris.steady'), log = path.join(scratch, 'log.steady')
  fs.writeFileSync(file, candidate.uris.map((uri) => `http://127.0.0.1:${candidate.port}${uri}\n`).join(''))
  await loader({ port: candidate.port, file, log, clients, requests, rate })
  candidate.answered += requests
  return timesOf([log])
}

// ---- the report ----

function median(values) {
  const sorted = [...values].sort((a, b) => a - b), middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

const middleOf = (rounds, field) => median(rounds.map((round) => round[field]))

function row(cells) {
  console.log(`| ${cells.join(' | ')} |`)
}

function table(all) {
  row(['server', 'CPU µs/call (lowest–highest)', 'calls/s', 'p50 ms', 'p99 ms'])
  row(['---', '---:', '---:', '---:', '---:'])
  for (const { name, rounds } of all) {
    const cpu = rounds.map((round) => round.cpuUs)
    row([name, `${median(cpu).toFixed(2)} (${Math.min(...cpu).toFixed(2)}–${Math.max(...cpu).toFixed(2)})`,
      Math.round(middleOf(rounds, 'perSecond')).toLocaleString('en'),
      (middleOf(rounds, 'p50') / 1000).toFixed(2), (middleOf(rounds, 'p99') / 1000).toFixed(2)])
  }
  for (const { name, rounds, drain } of all.filter((candidate) => candidate.drain))
    row([`drain of ${name}, without the store`, middleOf(rounds, 'drainUs').toFixed(2), '', '', ''])
}

function targets(lines) {
  console.log('')
  row(['target', 'measured', 'wanted', ''])
  row(['---', '---:', '---:', '---'])
  for (const { what, value, most, unit = '', digits = 2 } of lines)
    row([what, `${value.toFixed(digits)}${unit}`, `≤ ${most}${unit}`, value <= most ? 'met' : 'missed'])
}

// ---- the run ----

function seed(build, home, count) {
  const { status, stdout, stderr } = spawnSync(path.join(build, 'bench', 'seed'), [home, String(count)],
    { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (status !== 0) fail(`seed: ${stderr}`)
  return stdout.trim().split('\n')
}

// Tokens that nobody sends, so that the others' tables are as full as ours.
function filledUp(tokens, count) {
  const strangers = Array.from({ length: count - tokens.length }, () =>
    `alk_live_${crypto.randomBytes(30).toString('hex').slice(0, 59)}`)
  return [...tokens, ...strangers]
}

function ourName(count) {
  return `alapi, ${count.toLocaleString('en')} token${count > 1 ? 's' : ''}`
}

async function startOurs(all, build, scratch, user) {
  for (const count of TOKENS) {
    const folder = path.join(scratch, `home-${count}`)
    const tokens = seed(build, folder, count)
    const candidate = candidates.ours({ name: ourName(count), folder, build, user, port: await freePort() })
    all.push(Object.assign(candidate, { tokens, uris: urisOf(tokens), answered: 0, rounds: [] }))
    await start(candidate, user)
    candidate.drain = spawn(path.join(build, 'bench', 'drain'), [folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    candidate.drain.stdout.setEncoding('utf8').on('data', (piece) => { candidate.drained = piece })
  }
}

// An answer of usual length, for those that answer with a constant.
async function sampleBody(candidate) {
  const bodies = []
  for (const uri of candidate.uris.slice(0, 101)) {
    const { status, body } = await ask(candidate.port, uri)
    if (status !== 200) fail(`${candidate.name} answers ${status}: ${body}`)
    bodies.push(body)
  }
  candidate.answered += bodies.length
  return bodies.sort((a, b) => Buffer.byteLength(a) - Buffer.byteLength(b))[50]
}

async function startOthers(all, scratch, user, like, body) {
  const tokens = filledUp(like.tokens, TOKENS.at(-1))
  for (const make of [candidates.nginxReturn, candidates.haproxy, candidates.lua]) {
    const folder = path.join(scratch, make.name)
    const candidate = make({ folder, user, body, tokens, port: await freePort() })
    all.push(Object.assign(candidate, { uris: like.uris, answered: 0, rounds: [] }))
    await start(candidate, user)
    const { status, body: answer } = await ask(candidate.port, like.uris[0])
    if (status !== 200 || Math.abs(answer.length - body.length) > 20) fail(`${candidate.name} answers ${status}: ${answer}`)
  }
}

// After the servers have ended: the ledger's sums are the calls that h2load saw answered, to the one.
async function proveExact(all) {
  for (const candidate of all.filter(({ drain }) => drain)) {
    await stop(candidate.child, 'SIGQUIT')
    await stop(candidate.drain, 'SIGTERM')
    const [, calls, units] = /calls (\d+) units (\d+)/.exec(candidate.drained) ?? fail('the drain printed nothing')
    if (Number(calls) !== candidate.answered || calls !== units)
      fail(`${candidate.name}: ${candidate.answered} calls were answered, the ledger has ${candidate.drained}`)
    console.log(`${candidate.name}: ${candidate.answered} calls answered, as many in the ledger`)
  }
}

async function run(all, build, scratch, rounds, requests) {
  const user = process.getuid() === 0 ? 'www-data' : undefined
  await startOurs(all, build, scratch, user)
  const million = all.at(-1)
  await startOthers(all, scratch, user, million, await sampleBody(million))
  for (turn = 0; turn <= rounds; turn++) // the first warms up and is not counted
    for (const candidate of all) {
      const round = await measure(candidate, scratch, requests)
      if (turn) candidate.rounds.push(round)
    }
  const memory = pssMb(million.child.pid)
  const calm = await steady(million, scratch)
  console.log(`${os.cpus().length} cores (${os.cpus()[0].model}), kernel ${os.release()}; ` +
    `median of ${rounds} rounds of ${requests} calls from ${LOADERS * CLIENTS} connections\n`)
  table(all)
  const cpu = (name) => middleOf(all.find((one) => one.name.startsWith(name)).rounds, 'cpuUs')
  const mine = middleOf(million.rounds, 'cpuUs')
  const against = (what, other, most) => ({ what, value: mine / other, most, unit: ' ×' })
  targets([
    against('a million tokens against nginx return 200', cpu('nginx return'), 1.25),
    against('a million tokens against HAProxy', cpu('HAProxy'), 0.8),
    against('a million tokens against nginx + Lua', cpu('nginx + Lua'), 0.45),
    against('a million tokens against one', cpu(ourName(1)), 1.15),
    { what: 'memory of all nginx processes (PSS), a million tokens', value: memory, most: 400, unit: ' MB', digits: 0 },
    { what: `p99 at ${Math.round(calm.perSecond).toLocaleString('en')} calls/s`, value: calm.p99 / 1000, most: 2, unit: ' ms' },
  ])
  console.log(`\nat that rate: p50 ${(calm.p50 / 1000).toFixed(2)} ms, p99.9 ${(calm.p999 / 1000).toFixed(2)} ms`)
  await proveExact(all)
}

async function main([build = 'build', rounds = '5', requests = '200000']) {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'alapi-bench-'))
  const all = []
  fs.chmodSync(scratch, 0o755)
  try {
    await run(all, path.resolve(build), scratch, Number(rounds), Number(requests))
  } catch (error) {
    console.error(`gateway: ${error.message}`)
    process.exitCode = 1
  } finally {
    for (const { child, drain } of all) {
      await stop(child, 'SIGTERM')
      await stop(drain, 'SIGTERM')
    }
    fs.rmSync(scratch, { recursive: true, force: true })
  }
}

await main(process.argv.slice(2))
