// keyd.test.mjs: one process has the keys: what it has given up, what the others never hold, and what happens
// while it is dead or hangs.
import test from 'node:test'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { Server, until } from '../support/server.mjs'

const status = (pid, name) => new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]

// How often the bytes stand in what a process may write to.
function countIn(pid, bytes) {
  const memory = fs.openSync(`/proc/${pid}/mem`)
  let found = 0
  for (const line of fs.readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
    const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? []
    if (!from || /ledger\.map|catalogue\.map/.test(line)) continue
    const start = Number(`0x${from}`), room = Buffer.alloc(Math.min(Number(`0x${to}`) - start, 256 << 20))
    let got = 0
    try { got = fs.readSync(memory, room, 0, room.length, start) } catch { continue } // not readable by anybody
    for (let at = room.indexOf(bytes); at >= 0 && at < got; at = room.indexOf(bytes, at + 1)) found++
  }
  fs.closeSync(memory)
  return found
}

test('[S9] the key process is closed up, and no other holds the master key', { skip: process.getuid() !== 0 }, async () => {
  const s = await Server.start()
  try {
    const [keyd] = s.pids('alapi keyd'), [serve] = s.pids('alapi serve')
    assert.equal(status(keyd, 'Seccomp'), '2')
    assert.equal(status(keyd, 'NoNewPrivs'), '1')
    assert.equal(status(keyd, 'CapEff'), '0000000000000000')
    assert.notEqual(status(keyd, 'Uid'), '0')
    assert.match(fs.readFileSync(`/proc/${keyd}/limits`, 'utf8'), /Max core file size\s+0\s+0/)
    assert.equal(fs.statSync(`/proc/${keyd}/mem`).uid, 0, 'not even its own user may look into it')
    const master = fs.readFileSync(path.join(s.home, 'state/keys/master.key'))
    assert.equal(countIn(serve, master), 0)
    const token = fs.readFileSync(path.join(s.home, 'state/keys/token.key'))
    assert.ok(countIn(serve, token) > 0, 'the search finds what is there')
  } finally { await s.stop() }
})

test('[S9] while the key process hangs, what needs a key is 503 with Retry-After, calls go on; killed, it comes back', async () => {
  const s = await Server.start()
  const login = () => s.request('POST', '/account/login',
    { body: { login: 'nobody_here', password: 'wrong wrong wrong wrong' }, headers: { 'Sec-Fetch-Site': 'same-origin' } })
  try {
    const [keyd] = s.pids('alapi keyd')
    const before = (await login()).status
    assert.ok(before < 500, String(before))
    process.kill(keyd, 'SIGSTOP')
    const refused = await login()
    assert.deepEqual([refused.status, refused.json.error], [503, 'key_service_unavailable'])
    assert.ok(Number(refused.headers['retry-after']) >= 1)
    assert.equal((await s.call('uuid')).status, 200)
    process.kill(keyd, 'SIGKILL')
    await until(async () => (await login()).status < 500, 'the key process to be there again')
    assert.notEqual(s.pids('alapi keyd')[0], keyd)
  } finally { await s.stop() }
})
