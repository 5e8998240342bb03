// steady.mjs: ten minutes at 3,200 calls a second through a whole installation (nginx, `alapi serve`, the drain,
// the store), as 10,000,000,000 calls a year would be at ten times their mean; then every counter is compared with
// the answers, and the memory of its processes with what it was after the first minute.
//
//     node bench/steady.mjs BUILD [SECONDS] [CALLS_A_SECOND]
//
// Fails where a call is not answered, a counter differs by one, or memory grows by more than a tenth and 8 MB.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { spawn } from 'node:child_process'

const [build = 'build', seconds = '600', rate = '3200'] = process.argv.slice(2)
process.env.ALAPI_BUILD = path.resolve(build)
const { Person, Server, until } = await import('../test/support/server.mjs')

const APIS = ['/api/uuid?count=1', '/api/lunar?date=2024-12-12', '/api/ip?ip=8.8.8.8', '/api/pinyin?word=%E9%87%8D%E5%BA%86']
const CLIENTS = 8 // connections for each API
const SAMPLE_S = 5
const perYear = (calls, s) => calls / s * 365 * 86400

function fail(why) { throw new Error(why) }

// One API at its share of the rate; resolves to { answered, log } once every call is done.
function loader(s, token, uri, log) {
  const each = Number(rate) / APIS.length, requests = each * Number(seconds)
  const words = ['--h1', '-t', '1', '-c', String(CLIENTS), '-n', String(requests), `--rps=${each / CLIENTS}`,
    '-H', `token: ${token}`, `--log-file=${log}`, `http://127.0.0.1:${s.port}${uri}`]
  return new Promise((resolve, reject) => {
    const child = spawn('h2load', words, { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (d) => { said += d })
    child.on('error', reject)
    child.on('close', () => {
      const good = Number(/status codes: (\d+) 2xx/.exec(said)?.[1] ?? 0)
      if (good !== requests) reject(new Error(`${uri}: ${good} of ${requests} calls were answered with 200:\n${said}`))
      else resolve({ api: uri.split('?')[0], answered: good, log })
    })
  })
}

const pssKb = (pid) => {
  try { return Number(/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]) } catch { return 0 }
}
const WORDS = { nginx: 'nginx', serve: 'alapi serve', workers: 'alapi worker' }
const memoryOf = (s) => Object.fromEntries(Object.entries(WORDS).map(([name, word]) =>
  [name, s.pids(word).reduce((sum, pid) => sum + pssKb(pid), 0) / 1024]))

// Latencies in microseconds; files are read one after the other: there are millions of lines.
function latenciesOf(logs) {
  const buckets = new Uint32Array(2000000)
  let count = 0, first = Infinity, last = 0
  for (const log of logs)
    for (const line of fs.readFileSync(log, 'latin1').split('\n')) {
      if (!line) continue
      const [began, , took] = line.split('\t').map(Number)
      buckets[Math.min(took, buckets.length - 1)]++
      count++
      first = Math.min(first, began)
      last = Math.max(last, began + took)
    }
  const at = (share) => {
    let left = count * share
    for (let us = 0; us < buckets.length; us++) if ((left -= buckets[us]) <= 0) return us / 1000
    return Infinity
  }
  return { count, seconds: (last - first) / 1e6, p50: at(0.5), p99: at(0.99), p999: at(0.999), most: buckets.findLastIndex((n) => n > 0) / 1000 }
}

// What the console says once the last sums are stored.
async function counted(p, calls) {
  let usage
  await until(async () => {
    usage = (await p.ask('GET', '/account/usage?by=api')).json
    return usage.calls >= calls
  }, 'the sums to be stored', 30000).catch(() => {})
  return usage
}

async function run(s, scratch) {
  s.alapi('plan', 'set', 'free', '--rate', '0', '--quota-day', '0', '--quota-month', '0')
  const p = new Person(s, 'steady_person', 'steady_person@example.com')
  await p.register()
  await p.login()
  const token = await p.token()
  await until(async () => (await s.call('limits', {}, token)).status === 200, 'the token')
  const before = await counted(p, 1) // the question for the limits is free, and counted
  const jobs = Promise.all(APIS.map((uri, i) => loader(s, token, uri, path.join(scratch, `log.${i}`))))
  const samples = []
  const watch = setInterval(() => samples.push(memoryOf(s)), SAMPLE_S * 1000)
  const done = await jobs.finally(() => clearInterval(watch))
  const answered = done.reduce((sum, one) => sum + one.answered, 0)
  const usage = await counted(p, before.calls + answered)
  for (const { api, answered: wanted } of done) {
    const calls = usage.usage.find((line) => line.api === api)?.calls
    if (calls !== wanted) fail(`${api}: ${wanted} calls were answered, ${calls} are counted`)
  }
  if (usage.calls - before.calls !== answered) fail(`${answered} calls were answered, ${usage.calls - before.calls} are counted`)
  const audit = s.alapi('audit', 'usage')
  if (audit.code !== 0) fail(audit.err)
  const times = latenciesOf(done.map((one) => one.log))
  console.log(`${os.cpus().length} cores (${os.cpus()[0].model}), kernel ${os.release()}; ${seconds} s at ${rate} calls/s, ${APIS.length} APIs, ${APIS.length * CLIENTS} connections`)
  console.log(`${answered.toLocaleString('en')} calls answered with 200 in ${times.seconds.toFixed(0)} s, as many counted for each API; as a year's mean: ${(Math.floor(perYear(times.count, times.seconds) / 1e8) * 1e8).toLocaleString('en')} calls`)
  console.log(`p50 ${times.p50.toFixed(2)} ms, p99 ${times.p99.toFixed(2)} ms, p99.9 ${times.p999.toFixed(2)} ms, longest ${times.most.toFixed(1)} ms`)
  console.log(audit.out.trim())
  const warm = samples[Math.min(Math.floor(60 / SAMPLE_S), samples.length >> 1)], end = samples.at(-1)
  for (const name of Object.keys(WORDS)) {
    console.log(`memory of ${name} (PSS): ${warm[name].toFixed(1)} MB after the first minute, ${end[name].toFixed(1)} MB at the end`)
    if (end[name] > warm[name] * 1.1 + 8) fail(`${name} grew from ${warm[name].toFixed(1)} to ${end[name].toFixed(1)} MB`)
  }
}

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'alapi-steady-'))
const s = await Server.start({ demo: false })
try {
  await run(s, scratch)
} catch (error) {
  console.error(`steady: ${error.message}`)
  process.exitCode = 1
} finally {
  await s.stop()
  fs.rmSync(scratch, { recursive: true, force: true })
}
