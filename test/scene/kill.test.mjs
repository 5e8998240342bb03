// kill.test.mjs: two hundred thousand calls while nginx's workers and `alapi serve` are killed: what was
// answered never passes a limit, what was charged differs from it by at most the answers then being sent.
import test from 'node:test'
import assert from 'node:assert/strict'
import net from 'node:net'
import { Server, until } from '../support/server.mjs'

const CALLS = Number(process.env.ALAPI_KILL_CALLS ?? 200000)
const CALLERS = 32

// A caller on one connection that is made anew when it breaks; counts whole answers by their status.
class Caller {
  constructor(port, token) {
    Object.assign(this, { port, token, counts: {}, sent: 0 })
    this.question = Buffer.from(`GET /api/uuid HTTP/1.1\r\nHost: 127.0.0.1\r\ntoken: ${token}\r\n\r\n`)
  }

  async run(take) {
    while (take()) await this.ask()
    this.socket?.destroy()
  }

  ask() {
    return new Promise((resolve) => {
      this.done = resolve
      this.sent++
      if (!this.socket || this.socket.destroyed) this.connect()
      this.socket.write(this.question)
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
      const length = Number(had.slice(0, head).match(/Content-Length: (\d+)/)?.[1] ?? 0)
      if (had.length < head + 4 + length) return
      const status = had.slice(9, 12)
      this.counts[status] = (this.counts[status] ?? 0) + 1
      had = ''
      this.finish()
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      if (this.socket === socket) this.socket = null
      setTimeout(() => this.finish(), 5)
    })
  }

  finish() {
    const done = this.done
    this.done = null
    done?.()
  }
}

const seed = (() => { let x = 20261123; return () => (x = (x * 1103515245 + 12345) % 2147483648) / 2147483648 })()

async function load(s, token, calls, disturb) {
  const callers = Array.from({ length: CALLERS }, () => new Caller(s.port, token))
  let left = calls
  const running = Promise.all(callers.map((c) => c.run(() => left-- > 0)))
  let isOver = false
  running.then(() => { isOver = true })
  const kills = disturb ? await disturb(() => isOver, () => calls - Math.max(left, 0)) : 0
  await running
  const sum = {}
  for (const c of callers) for (const [k, n] of Object.entries(c.counts)) sum[k] = (sum[k] ?? 0) + n
  return { sum, kills }
}

const sleep = (ms) => new Promise((go) => setTimeout(go, ms))

async function killer(s, isOver, progress) {
  let kills = 0
  let next = CALLS / 20
  while (!isOver()) {
    await sleep(10)
    if (progress() < next) continue
    next += CALLS / 12
    const workers = s.pids('nginx: worker process')
    if (workers.length) {
      process.kill(workers[Math.floor(seed() * workers.length)], 'SIGKILL')
      kills++
    }
    if (kills % 3 === 0) for (const pid of s.pids('alapi serve')) process.kill(pid, 'SIGKILL')
  }
  return kills
}

async function used(s, token) {
  const a = await until(async () => {
    const answer = await s.call('limits', {}, token).catch(() => null)
    return answer?.status === 200 && answer
  }, 'the limits after the kills')
  const day = a.json.data.limits.find((l) => l.name === 'day')
  return day.limit - day.left
}

async function auditHolds(s) {
  const r = await until(() => { const a = s.alapi('audit', 'usage'); return a.code === 0 && a }, 'the audit to hold', 20000)
    .catch(() => s.alapi('audit', 'usage'))
  assert.equal(r.code, 0, r.out + r.err)
}

function tokenOn(s, plan, ...limits) {
  assert.equal(s.alapi('plan', 'set', plan, ...limits).code, 0)
  const made = s.alapi('token', 'create', '--account', 'demo', '--plan', plan)
  assert.equal(made.code, 0, made.err)
  return made.out.trim()
}

test('calls under SIGKILL are counted, and never more than the quota is answered', async (t) => {
  const s = await Server.start()
  try {
    const quota = Math.floor(CALLS * 0.9)
    const token = tokenOn(s, 'killed', '--rate', '0', '--quota-day', String(quota))
    await until(async () => (await s.call('limits', {}, token)).status === 200, 'the token')
    const { sum, kills } = await load(s, token, CALLS, (isOver, progress) => killer(s, isOver, progress))
    await sleep(1500)
    const charged = await used(s, token)
    t.diagnostic(`${CALLS} calls, ${kills} workers killed: ${JSON.stringify(sum)}, charged ${charged}`)
    assert.ok(kills >= 5, `only ${kills} kills`)
    assert.ok(sum['200'] <= quota, `answered ${sum['200']} of a quota of ${quota}`)
    assert.ok(charged <= quota)
    assert.ok(charged >= sum['200'], `charged ${charged}, answered ${sum['200']}`)
    assert.ok(charged - sum['200'] <= kills * CALLERS, `charged ${charged}, answered ${sum['200']}, ${kills} kills`)
    await auditHolds(s)
  } finally {
    await s.stop()
  }
})

test('with serve dead, calls go on and are counted once it is back', async () => {
  const s = await Server.start()
  try {
    const token = tokenOn(s, 'alone', '--rate', '0', '--quota-day', '100000')
    await until(async () => (await s.call('limits', {}, token)).status === 200, 'the token')
    const stopped = s.pids('alapi serve')
    for (const pid of stopped) process.kill(pid, 'SIGSTOP')
    const { sum } = await load(s, token, 3000)
    assert.deepEqual(sum, { 200: 3000 })
    for (const pid of stopped) process.kill(pid, 'SIGKILL')
    assert.equal(await used(s, token), 3000)
    await auditHolds(s)
  } finally {
    await s.stop()
  }
})

test('a token revoked under load is refused everywhere within a second', async () => {
  const s = await Server.start()
  try {
    const token = tokenOn(s, 'revoked', '--rate', '0')
    await until(async () => (await s.call('limits', {}, token)).status === 200, 'the token')
    let revokedAt = 0
    let lastGood = 0
    const callers = Array.from({ length: 16 }, async () => {
      for (let i = 0; i < 100000; i++) {
        const begun = Date.now()
        const a = await s.call('uuid', {}, token)
        if (a.status === 200) lastGood = Math.max(lastGood, begun)
        if (revokedAt && begun > revokedAt + 1500) return a.status
      }
    })
    await sleep(500)
    const r = s.alapi('token', 'revoke', token.slice(9, 19))
    revokedAt = Date.now()
    assert.equal(r.code, 0, r.err)
    const last = await Promise.all(callers)
    assert.ok(last.every((status) => status === 401), JSON.stringify(last))
    assert.ok(lastGood - revokedAt < 1000, `${lastGood - revokedAt} ms after it`)
  } finally {
    await s.stop()
  }
})
