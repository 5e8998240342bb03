// person.test.mjs: one person's whole life at a whole installation: registers, gets a token, calls, sees the
// usage, exports, cancels; afterwards no byte of the home knows of the person.
import test from 'node:test'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { Person, Server, until } from '../support/server.mjs'

const MARKS = ['zqmarkname', 'zqmark.person', 'zqmarktoken']

function* filesOf(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(folder, entry.name)
    if (entry.isDirectory()) yield* filesOf(name)
    else if (entry.isFile()) yield name
  }
}

// Large sparse maps are read in pieces.
function holds(file, marks) {
  const size = 1 << 22
  const room = Buffer.alloc(size + 64)
  const fd = fs.openSync(file, 'r')
  try {
    for (let at = 0; ; at += size) {
      const got = fs.readSync(fd, room, 0, room.length, at)
      for (const mark of marks) if (room.subarray(0, got).includes(mark)) return mark
      if (got < room.length) return null
    }
  } finally {
    fs.closeSync(fd)
  }
}

test('registers, calls, exports, cancels, and nothing is left', async () => {
  const s = await Server.start()
  try {
    const p = new Person(s, MARKS[0], `${MARKS[1]}@example.com`)
    const made = await p.register()
    assert.equal(made.status, 201, String(made.raw))
    assert.equal((await p.login()).status, 200)
    const token = await p.token({ name: MARKS[2] })
    assert.match(token, /^alk_live_/)
    for (let i = 0; i < 7; i++) assert.equal((await s.call('pinyin', { word: '重庆' }, token)).status, 200)
    const usage = await until(async () => {
      const a = await p.ask('GET', '/account/usage?by=api')
      return JSON.stringify(a.json).includes('7') && a
    }, 'the usage to show 7 calls')
    assert.equal(usage.status, 200)
    const exported = await p.ask('GET', '/account/export')
    for (const mark of MARKS) assert.ok(String(exported.raw).includes(mark), `the export lacks ${mark}`)
    assert.ok(!String(exported.raw).includes(token.slice(20)), 'the export has a secret')
    const wrong = await p.ask('DELETE', '/account', { password: 'something else entirely' })
    assert.notEqual(wrong.status, 200)
    const gone = await p.ask('DELETE', '/account', { password: p.password })
    assert.equal(gone.status, 200, String(gone.raw))
    assert.ok(gone.json.receipt)
    const begun = Date.now()
    await until(async () => (await s.call('pinyin', { word: '好' }, token)).status === 401, 'the token to stop', 1000)
    assert.ok(Date.now() - begun < 1000)
    assert.equal((await p.ask('GET', '/account')).status, 401)
    const left = () => [...filesOf(s.home)].map((f) => [f, holds(f, [...MARKS, token.slice(19)])]).find(([, mark]) => mark)
    await until(() => !left(), 'every byte of the person to go', 3000).catch(() => assert.fail(`left: ${left()}`))
    assert.equal(s.alapi('audit', 'usage').code, 0)
    const again = new Person(s, MARKS[0], `${MARKS[1]}@example.com`)
    assert.equal((await again.ask('POST', '/account/login', { login: again.email, password: again.password })).status, 401)
  } finally {
    await s.stop()
  }
})

test('a plan that is changed is in force within a second, without a reload', async () => {
  const s = await Server.start()
  try {
    s.alapi('plan', 'set', 'moving', '--rate', '0', '--quota-day', '1')
    const token = s.alapi('token', 'create', '--account', 'demo', '--plan', 'moving').out.trim()
    await until(async () => (await s.call('limits', {}, token)).status === 200, 'the token')
    assert.equal((await s.call('uuid', {}, token)).status, 200)
    assert.equal((await s.call('uuid', {}, token)).json.error, 'quota_exceeded')
    const workers = s.pids('nginx: worker')
    assert.equal(s.alapi('plan', 'set', 'moving', '--quota-day', '3').code, 0)
    await until(async () => (await s.call('limits', {}, token)).json.data.limits[0].limit === 3, 'the plan', 1000)
    assert.deepEqual([200, 200, 429], await Promise.all([1, 2, 3].map(async () => (await s.call('uuid', {}, token)).status)).then((l) => l.sort()))
    assert.deepEqual(s.pids('nginx: worker'), workers)
  } finally {
    await s.stop()
  }
})
