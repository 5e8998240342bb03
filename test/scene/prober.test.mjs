// prober.test.mjs: the state that is shown comes from a program outside the server, and from it alone: what it says
// when the server is dead, when it is dead itself, and when somebody edits what it saw.
import test from 'node:test'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { Server, until } from '../support/server.mjs'

let server
const folder = () => path.join(server.home, 'state/probes')
const status = async () => (await server.get('/status.json')).json
const looks = (state, ms = 30000) => until(async () => (await status())?.state === state && status(), `the state ${state}`, ms)
const log = () => path.join(folder(), fs.readdirSync(folder()).filter((f) => f.endsWith('.log')).sort().at(-1))

test.before(async () => { server = await Server.start() })
test.after(async () => assert.equal(await server.stop(), 0))

test('[X11] the state is what is seen from outside, of all and of each API', async () => {
  const seen = await looks('operational')
  assert.deepEqual(seen.parts, { pages: 'operational', calls: 'operational' })
  assert.equal(seen.prober.log, 'whole')
  assert.ok(seen.prober.apis_asked > 20 && seen.prober.apis_failed === 0, JSON.stringify(seen.prober))
  for (const api of seen.apis) assert.equal(api.state, 'operational', api.path)
  assert.equal(seen.availability.budget_s, 43 * 60 + 12)
  assert.equal(seen.availability.up_s + seen.availability.down_s + seen.availability.unknown_s, 30 * 86400)
  assert.match((await server.get('/status', { headers: { 'Accept-Language': 'zh' } })).raw.toString(), /<strong>正常<\/strong>/)
  assert.match((await server.get('/status', { headers: { 'Accept-Language': 'en' } })).raw.toString(), /<strong>Operational<\/strong>/)
})

test('[X9] what the prober calls costs nobody and is in no figure', async () => {
  const seen = await status()
  assert.ok(seen.prober.apis_asked > 20)
  assert.equal(seen.apis.reduce((sum, api) => sum + api.calls, 0), 0)
  assert.equal((await server.call('uuid')).status, 200)
  await until(async () => (await status()).apis.find((a) => a.path === '/api/uuid').calls === 1, 'the call to be counted')
  assert.equal(server.alapi('audit', 'usage').code, 0)
})

// Whoever would start it again sleeps, so that it stays dead.
const withDead = async (word, work) => {
  const [pid] = server.pids(word)
  process.kill(server.process.pid, 'SIGSTOP')
  try {
    process.kill(pid, 'SIGKILL')
    await work()
  } finally {
    process.kill(server.process.pid, 'SIGCONT')
  }
}

test('[X11] a dead server is seen within twenty seconds, on a page that outlives it', async () => {
  await withDead(' serve ', async () => {
    const began = process.hrtime.bigint()
    const dead = await until(async () => {
      const a = await server.get('/status.json')
      return a.json?.state === 'down' && a
    }, 'the state down', 30000)
    assert.ok(process.hrtime.bigint() - began < 20_000_000_000n)
    assert.equal(dead.status, 503)
    assert.deepEqual(dead.json.parts, { pages: 'down', calls: 'operational' })
    const page = await server.get('/status')
    assert.equal(page.status, 503)
    assert.match(page.headers['content-type'], /^text\/html/)
    assert.match(page.raw.toString(), /<strong>中断 · Down<\/strong>/)
    assert.equal((await server.call('uuid')).status, 200, 'calls go on')
    const before = fs.readFileSync(log(), 'utf8').split('\n').filter((l) => / down 0 /.test(l)).length
    await until(() => fs.readFileSync(log(), 'utf8').split('\n').filter((l) => / down 0 /.test(l)).length > before,
      'the outage to be written', 30000)
  })
  const again = await looks('operational')
  assert.ok(again.availability.down_s >= 10)
  assert.equal(again.availability.budget_left_s, 43 * 60 + 12 - again.availability.down_s)
})

test('[X11] a dead prober is unknown, not up; an edited log is detected', async () => {
  await withDead(' prober ', async () => {
    const dead = await looks('unknown', 60000)
    assert.deepEqual(dead.parts, { pages: 'unknown', calls: 'unknown' })
    assert.ok(dead.apis.every((api) => api.state === 'unknown'))
    assert.match((await server.get('/status', { headers: { 'Accept-Language': 'en' } })).raw.toString(), /<strong>Unknown<\/strong>/)
    assert.ok((await server.get('/claims.json')).json.claims.every((c) => c.id !== 'availability' || !c.shown))
    assert.equal(server.alapi('prober', 'verify').code, 0)
    fs.writeFileSync(log(), fs.readFileSync(log(), 'utf8').replaceAll(' down ', ' operational ')) // nobody will see
    const edited = server.alapi('prober', 'verify')
    assert.equal(edited.code, 1)
    assert.match(edited.err, /the prober's log is damaged: \d{4}-\d\d-\d\d: it was changed/)
    const note = path.join(folder(), 'now')
    fs.writeFileSync(note, fs.readFileSync(note, 'utf8').replace(/^time \d+/m, `time ${Date.now()}`))
    assert.equal((await status()).state, 'unknown', 'what the prober did not sign says nothing')
  })
  const again = await looks('operational', 60000)
  assert.equal(again.prober.log, 'damaged')
  assert.ok(again.availability.up_s < 60, 'what was edited does not count as up')
  assert.match((await server.get('/status', { headers: { 'Accept-Language': 'en' } })).raw.toString(), /role="alert"/)
})
