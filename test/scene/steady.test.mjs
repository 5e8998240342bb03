// steady.test.mjs: thousands of calls a second through nginx while `alapi serve` and a worker are killed; then what
// was answered is compared with every counter. bench/steady.mjs does the same for ten minutes.
import test from 'node:test'
import assert from 'node:assert/strict'
import net from 'node:net'
import { Person, Server, until } from '../support/server.mjs'

const CALLERS = 32
const APIS = ['/api/uuid?count=1', '/api/lunar?date=2024-12-12', '/api/ip?ip=8.8.8.8', '/api/uuid?count=x']
const PATHS = ['/api/uuid', '/api/lunar', '/api/ip']

// One connection that asks by turns; counts whole answers, by API and status, and those that never came whole.
class Caller {
  constructor(port, token) {
    Object.assign(this, { port, token, answered: {}, broken: 0 })
  }

  ask(uri) {
    return new Promise((resolve) => {
      this.done = (status) => {
        this.done = null
        const api = uri.split('?')[0]
        if (status) (this.answered[api] ??= {})[status] = (this.answered[api][status] ?? 0) + 1
        else this.broken++
        resolve()
      }
      if (!this.socket || this.socket.destroyed) this.connect()
      this.socket.write(`GET ${uri} HTTP/1.1\r\nHost: 127.0.0.1\r\ntoken: ${this.token}\r\n\r\n`)
    })
  }

  connect() {
    let had = ''
    const socket = net.connect(this.port, '127.0.0.1')
    this.socket = socket
    socket.on('data', (d) => {
      had += d.toString('latin1')
      const head = had.indexOf('\r\n\r\n')
      if (head < 0) return
      const length = Number(/Content-Length: (\d+)/.exec(had.slice(0, head))?.[1] ?? 0)
      if (had.length < head + 4 + length) return
      const status = had.slice(9, 12)
      if (/^Connection: close/im.test(had.slice(0, head))) { this.socket = null; socket.destroy() }
      had = ''
      this.done?.(status)
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      if (this.socket === socket) {
        this.socket = null
        this.done?.(null)
      }
    })
  }
}

// Calls for so long; `kill` is done in the middle of it. What was answered, by API and status.
async function load(s, token, seconds, kill) {
  const callers = Array.from({ length: CALLERS }, () => new Caller(s.port, token))
  const end = Date.now() + seconds * 1000
  let asked = 0
  const running = Promise.all(callers.map(async (c, n) => {
    for (let i = n; Date.now() < end; i++) {
      await c.ask(APIS[i % APIS.length])
      asked++
    }
    c.socket?.destroy()
  }))
  await until(() => asked > 5000, 'the load', 60000)
  kill?.()
  await running
  const sum = {}
  for (const c of callers)
    for (const [api, statuses] of Object.entries(c.answered))
      for (const [status, n] of Object.entries(statuses)) (sum[api] ??= {})[status] = (sum[api][status] ?? 0) + n
  return { sum, asked, broken: callers.reduce((all, c) => all + c.broken, 0) }
}

const totalOf = (sum, status) => Object.values(sum).reduce((all, one) => all + (status ? one[status] ?? 0
  : Object.values(one).reduce((a, b) => a + b, 0)), 0)

// What the console says, once no call is under way and the last sums are stored.
async function counted(person) {
  let last = -1
  const answer = await until(async () => {
    const a = await person.ask('GET', '/account/usage?by=api').catch(() => null)
    if (a?.status !== 200) return null
    const isSettled = a.json.calls === last
    last = a.json.calls
    await new Promise((go) => setTimeout(go, 2500)) // two drains
    return isSettled ? a : null
  }, 'the sums to settle', 60000)
  return answer.json
}

const callsOf = (usage, api) => usage.usage.find((line) => line.api === api)?.calls ?? 0

test('[X4] every counter is the number of answers, to the one, though killed with SIGKILL', async (t) => {
  const s = await Server.start()
  try {
    assert.equal(s.alapi('plan', 'set', 'free', '--rate', '0', '--quota-day', '0', '--quota-month', '0').code, 0)
    const p = new Person(s, 'steady_person', 'steady_person@example.com')
    assert.equal((await p.register()).status, 201)
    assert.equal((await p.login()).status, 200)
    const token = await p.token()
    await until(async () => (await s.call('uuid', {}, token)).status === 200, 'the token')
    const before = await counted(p)

    // `alapi serve` stores the sums; killed, it stores none of them twice and loses none.
    const one = await load(s, token, 12, () => { for (const pid of s.pids('alapi serve')) process.kill(pid, 'SIGKILL') })
    assert.equal(one.broken, 0, 'calls go on without it')
    const after = await counted(p)
    t.diagnostic(`${one.asked} calls: ${JSON.stringify(one.sum)}`)
    assert.equal(after.calls - before.calls, totalOf(one.sum))
    for (const api of PATHS) assert.equal(callsOf(after, api) - callsOf(before, api), totalOf({ one: one.sum[api] }), api)
    assert.equal(after.units - before.units, totalOf(one.sum, '200'), 'a refused call costs nothing')

    // A worker of nginx: what it was sending is counted or given back, and nothing else is touched.
    const two = await load(s, token, 8, () => process.kill(s.pids('nginx: worker process')[0], 'SIGKILL'))
    const last = await counted(p)
    const more = last.calls - after.calls - totalOf(two.sum)
    t.diagnostic(`${two.asked} calls, ${two.broken} without an answer, of which ${more} were counted`)
    assert.ok(more >= 0 && more <= two.broken)
    const audit = s.alapi('audit', 'usage')
    assert.equal(audit.code, 0, audit.out + audit.err)
  } finally {
    await s.stop()
  }
})
