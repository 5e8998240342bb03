// apis.mjs: what one call of each API costs, through the real door: nginx, our module, the workers.
//
//     node bench/apis.mjs BUILD [PATH …]
//
// Median CPU time of CALLS calls of the first example, one after the other, as the kernel counts it for nginx's worker
// and the worker processes together (/proc/PID/task/*/schedstat), the same for the largest input that is allowed (each
// text parameter filled up to its limit by repeating the example), and the most memory that these processes took
// over what they had before (VmHWM, set back before). Only one nginx worker runs. Examples that ask the network are left out.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const build = process.argv[2] ?? 'build', only = process.argv.slice(3)
process.env.ALAPI_BUILD = path.resolve(build)
process.chdir(path.join(path.dirname(fileURLToPath(import.meta.url)), '..'))
const { Server } = await import('../test/support/server.mjs')

const CALLS = 100, LARGEST_CALLS = 20
const LIMIT_US = 300, WORST_US = 1000

const tasksOf = (pid) => { try { return fs.readdirSync(`/proc/${pid}/task`) } catch { return [] } }

function cpuNs(pids) {
  let sum = 0
  for (const pid of pids)
    for (const task of tasksOf(pid))
      try { sum += Number(fs.readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]) } catch { /* it ended */ }
  return sum
}

const status = (pid, name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)

// KiB over what was resident; setting the mark back needs a write to clear_refs.
function memoryMark(pids) {
  for (const pid of pids) fs.writeFileSync(`/proc/${pid}/clear_refs`, '5')
  const before = new Map(pids.map((pid) => [pid, status(pid, 'VmRSS')]))
  return () => Math.max(...pids.map((pid) => Math.max(0, status(pid, 'VmHWM') - before.get(pid))))
}

const median = (list) => list.sort((a, b) => a - b)[list.length >> 1]

async function measure(s, pids, target, params, calls) {
  const times = []
  let last
  for (let i = 0; i < calls; i++) {
    const before = cpuNs(pids)
    last = await s.call(target, params)
    times.push((cpuNs(pids) - before) / 1000)
  }
  return { us: median(times), worst: Math.max(...times), status: last.status }
}

// Filled to the limit with the example's own characters, so that it stays what the API takes where that is possible.
function largest(api, params) {
  const big = { ...params }
  for (const p of api.parameters.filter((p) => p.type === 'text' && p.high)) {
    const seed = [...(params[p.name] || 'a')]
    big[p.name] = Array.from({ length: p.high }, (_, i) => seed[i % seed.length]).join('')
  }
  return big
}

function paramsOf(query) {
  return Object.fromEntries([...new URLSearchParams(query)])
}

const s = await Server.start()
try {
  s.token = s.alapi('token', 'create', '--account', 'demo', '--plan', 'unlimited').out.trim()
  const all = JSON.parse(s.alapi('api', 'list', '--json').out)
    .filter((a) => a.path.startsWith('/api/') && a.examples.some((x) => !x.live) && (!only.length || only.includes(a.path)))
  const nginx = s.pids('nginx: worker'), workers = s.pids('worker')
  const pids = [...new Set([...nginx, ...workers])]
  const rows = []
  for (const api of all) {
    const name = api.path.slice('/api/'.length), params = paramsOf(api.examples.find((x) => !x.live).query)
    await measure(s, pids, name, params, 5)
    const memory = memoryMark(pids)
    const usual = await measure(s, pids, name, params, CALLS)
    const most = await measure(s, pids, name, largest(api, params), LARGEST_CALLS)
    rows.push({ path: api.path, lane: api.lane, usual, most, kib: memory() })
  }
  rows.sort((a, b) => b.usual.us - a.usual.us)
  console.log(`| API | lane | median µs of CPU | largest input: median µs | status | most memory, KiB |\n|---|---|---:|---:|---|---:|`)
  for (const r of rows)
    console.log(`| \`${r.path}\` | ${r.lane} | ${r.usual.us.toFixed(0)} | ${r.most.us.toFixed(0)} | ${r.usual.status}/${r.most.status} | ${r.kib} |`)
  const slow = rows.filter((r) => r.lane === 'inline' && (r.usual.us > LIMIT_US || r.most.us > WORST_US))
  console.log(`\n${rows.length} APIs; inline over ${LIMIT_US} µs, or over ${WORST_US} µs for the largest input: ${slow.map((r) => r.path).join(' ') || 'none'}`)
} finally {
  await s.stop()
}
