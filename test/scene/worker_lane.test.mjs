// worker_lane.test.mjs: the worker lane through nginx, with workers that do not answer, that die, and a queue
// that has an end: nothing of it is ever charged.
import test from 'node:test'
import assert from 'node:assert/strict'
import { Server, until } from '../support/server.mjs'

const QUEUE = 64
let s
let token
let picture

test.before(async () => {
  s = await Server.start()
  s.alapi('plan', 'set', 'lane', '--rate', '0', '--quota-day', '1000')
  token = s.alapi('token', 'create', '--account', 'demo', '--plan', 'lane').out.trim()
  await until(async () => (await s.call('limits', {}, token)).status === 200, 'the token')
  picture = (await s.get('/api/qr?content=lane&format=image', { headers: { token } })).raw.toString('base64')
})
test.after(async () => { await s.stop() })

// The parent waits for its children; those answer the calls.
const children = () => { const [parent] = s.pids('alapi worker'); return s.pids('alapi worker').filter((p) => p !== parent) }
const used = async () => {
  const a = await s.call('limits', {}, token)
  const day = a.json.data.limits.find((l) => l.name === 'day')
  return day.limit - day.left
}
const decode = () => s.call('qr/decode', { image: picture }, token)

test('a worker that does not answer in time is 504, one call more than the queue holds is 503, none is charged', async () => {
  const before = await used()
  const stopped = children()
  assert.equal(stopped.length, 2)
  for (const pid of stopped) process.kill(pid, 'SIGSTOP')
  s.agent.maxSockets = 256
  const answers = await Promise.all(Array.from({ length: QUEUE + 6 }, decode))
  const count = (status) => answers.filter((a) => a.status === status).length
  assert.equal(count(503), 6, JSON.stringify(answers.map((a) => a.status)))
  assert.equal(count(504), QUEUE)
  for (const a of answers) assert.equal(a.json.error, a.status === 503 ? 'busy' : 'source_timeout')
  assert.ok(Number(answers.find((a) => a.status === 503).headers['retry-after']) > 0)
  for (const pid of stopped) process.kill(pid, 'SIGCONT')
  assert.equal(await used(), before)
  await until(async () => (await decode()).status === 200, 'the workers to go on')
})

test('a worker that dies costs its calls 502 and no charge, and is started again', async () => {
  const before = await used()
  const doomed = children()
  for (const pid of doomed) process.kill(pid, 'SIGSTOP')
  const calls = Array.from({ length: 4 }, decode)
  await new Promise((go) => setTimeout(go, 200))
  for (const pid of doomed) process.kill(pid, 'SIGKILL')
  const answers = await Promise.all(calls)
  for (const a of answers) assert.ok(a.status === 502 || a.status === 200, `${a.status} ${a.raw}`)
  const answered = answers.filter((a) => a.status === 200).length
  assert.equal(await used(), before + answered)
  await until(() => children().length === 2 && children().every((p) => !doomed.includes(p)), 'new workers')
  assert.equal((await decode()).json.data[0].data, 'lane')
})

test('while the workers stand still the inline lane goes on, and the counts hold', async () => {
  const [parent] = s.pids('alapi worker')
  process.kill(parent, 'SIGSTOP')
  for (const pid of children()) process.kill(pid, 'SIGSTOP')
  assert.equal((await s.call('uuid', {}, token)).status, 200)
  for (const pid of children()) process.kill(pid, 'SIGCONT')
  process.kill(parent, 'SIGCONT')
  assert.equal((await decode()).status, 200)
  assert.equal(s.alapi('audit', 'usage').code, 0)
})
