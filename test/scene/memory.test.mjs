// memory.test.mjs: memory that cannot be had. The house's rule is that an allocation which fails stops the process
// (src/base/arena.h); what that promises is seen from outside: a clear answer, a new process, nothing lost.
import test from 'node:test'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import { spawnSync } from 'node:child_process'
import { Person, Server, until } from '../support/server.mjs'

const idOf = (pid, word) => Number(fs.readFileSync(`/proc/${pid}/status`, 'utf8').split(`${word}:`)[1].split('\n')[0].trim().split(/\s/)[0])
// As the process's own user: root of a container may not do it.
const limit = (pid, bytes) => spawnSync('prlimit', ['--pid', String(pid), `--as=${bytes}:`],
  process.getuid() === 0 ? { uid: idOf(pid, 'Uid'), gid: idOf(pid, 'Gid') } : {}).status === 0
const sizeOf = (pid) => idOf(pid, 'VmSize') * 1024

test('[fault 33] no more memory: each answer is whole or says when to come again, calls go on, and nothing is lost', async (t) => {
  const s = await Server.start()
  try {
    assert.equal(s.alapi('plan', 'set', 'free', '--rate', '0').code, 0)
    const p = new Person(s, 'memory_person', 'memory_person@example.com')
    assert.equal((await p.register()).status, 201)
    assert.equal((await p.login()).status, 200)
    const token = await p.token()
    await until(async () => (await s.call('uuid', {}, token)).status === 200, 'the token')
    const kept = [], seen = {}
    for (let round = 0; round < 4; round++) {
      const pid = await until(() => s.pids('alapi serve').find((one) => /VmSize/.test(fs.readFileSync(`/proc/${one}/status`, 'utf8'))), 'the control plane')
      assert.ok(limit(pid, sizeOf(pid) + round * (1 << 20)))
      for (let i = 0; i < 12; i++) {
        const name = `kept_${round}_${i}`
        const asked = [p.ask('POST', '/account/tokens', { name }), p.ask('GET', '/account/export'), p.ask('GET', '/account'),
          s.request('POST', '/account/login', { body: { login: p.email, password: p.password }, headers: { 'Sec-Fetch-Site': 'same-origin' } })]
        const [made, ...others] = await Promise.all(asked)
        assert.ok([200, 503].includes(others[2].status), `the right password, for which there is no memory: ${others[2].status} ${others[2].raw}`)
        assert.equal((await s.call('uuid', {}, token)).status, 200, 'a call needs no control plane')
        for (const a of [made, ...others]) {
          seen[a.status] = (seen[a.status] ?? 0) + 1
          assert.ok(a.status < 500 || (a.status === 503 && Number(a.headers['retry-after']) > 0), `${a.status} ${a.raw}`)
        }
        if (made.status === 201) kept.push(name)
        if (made.status === 409) break // as many tokens as one may have
      }
      for (const one of s.pids('alapi serve')) limit(one, 'unlimited')
      await until(async () => (await p.ask('GET', '/account').catch(() => ({}))).status === 200, 'the control plane to be back', 20000)
    }
    t.diagnostic(`answers: ${JSON.stringify(seen)}`)
    const tokens = (await p.ask('GET', '/account/tokens')).json.tokens.map((one) => one.name)
    for (const name of kept) assert.ok(tokens.includes(name), `${name} was answered with 201`)
    for (const what of ['verify', 'usage']) assert.equal(s.alapi('audit', what).code, 0, what)
    assert.equal((await p.login()).status, 200)
  } finally {
    await s.stop()
  }
})
