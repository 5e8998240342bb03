// start.test.mjs: starting and ending, and everything that can be wrong with a set-up: one sentence each.
import test from 'node:test'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { spawnSync } from 'node:child_process'
import { BUILD, Server, alapi, freePort, freshHome, until } from '../support/server.mjs'

const oneSentence = (r, code, words) => {
  assert.equal(r.code, code, `${r.out}${r.err}`)
  assert.equal(r.err.trim().split('\n').length, 1, r.err)
  for (const word of words) assert.ok(r.err.includes(word), `"${r.err.trim()}" does not say ${word}`)
}

const isAlive = (pid) => fs.existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))

test('a start says what it started, and Ctrl-C leaves nothing behind', async () => {
  const s = await Server.start()
  for (const word of ['starting serve', 'starting worker', 'starting nginx', 'ready at'])
    assert.ok(s.said.includes(word), s.said)
  const pids = s.pids('')
  assert.ok(pids.length >= 5, String(pids))
  s.process.kill('SIGINT')
  assert.equal(await s.ended, 0)
  for (const pid of pids) assert.ok(!isAlive(pid), fs.existsSync(`/proc/${pid}/cmdline`) ? fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '')
  fs.rmSync(s.home, { recursive: true })
})

test('whatever dies is started again, and a killed supervisor leaves nothing behind', async () => {
  const s = await Server.start()
  for (const word of ['alapi keyd', 'alapi serve', 'alapi worker', 'nginx: master']) {
    const [pid] = s.pids(word)
    process.kill(pid, 'SIGKILL')
    await until(() => s.pids(word).some((p) => p !== pid), `${word} to be started again`)
  }
  await until(async () => (await s.call('uuid').catch(() => ({}))).status === 200, 'calls to go on')
  const pids = s.pids('')
  s.process.kill('SIGKILL')
  await s.ended
  await until(() => pids.every((pid) => !isAlive(pid)), 'all to end after their supervisor', 15000)
  fs.rmSync(s.home, { recursive: true })
})

test('a second start in one home refuses; the first goes on', async () => {
  const s = await Server.start()
  try {
    const port = await freePort()
    oneSentence(alapi('run', '--home', s.home, '--port', String(port)), 1, ['another', 'run'])
    oneSentence(s.alapi('serve'), 1, ['another', 'serve'])
    assert.equal((await s.call('uuid')).status, 200)
  } finally {
    await s.stop()
  }
})

test('a home keeps accounts and tokens over a restart', async () => {
  const first = await Server.start()
  const token = first.alapi('token', 'create', '--account', 'demo').out.trim()
  await first.stop({ keep: true })
  const second = await Server.start({ home: first.home })
  try {
    assert.equal((await second.call('uuid', {}, token)).status, 200)
    assert.equal((await second.call('uuid', {}, first.token)).json.error, 'token_revoked')
  } finally {
    await second.stop()
  }
})

test('a port that is taken', async () => {
  const home = freshHome()
  const taken = net.createServer().listen(0, '127.0.0.1')
  await new Promise((go) => taken.once('listening', go))
  const { port } = taken.address()
  oneSentence(alapi('run', '--home', home, '--port', String(port)), 1, [String(port), '--port'])
  taken.close()
  fs.rmSync(home, { recursive: true })
})

const canMount = process.getuid() === 0 && (() => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'alapi-disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder]).status === 0
  if (mounted) spawnSync('umount', [folder])
  fs.rmdirSync(folder)
  return mounted
})()

test('a full disk: one sentence, and a later start in the same home with room works', { skip: !canMount }, async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'alapi-disk-'))
  fs.chmodSync(folder, 0o755)
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder])
  const home = path.join(folder, 'home')
  try {
    oneSentence(alapi('run', '--home', home, '--port', String(await freePort())), 1, ['disk room', 'No space left'])
    spawnSync('mount', ['-o', 'remount,size=512m', folder])
    const s = await Server.start({ home })
    assert.equal((await s.call('uuid')).status, 200)
    await s.stop({ keep: true })
  } finally {
    spawnSync('umount', [folder])
    fs.rmdirSync(folder)
  }
})

test('wrong configuration lines: file, line, what is allowed; exit 78', async () => {
  const home = freshHome()
  const conf = path.join(home, 'alapi.conf')
  for (const [lines, words] of [
    ['# fine\nlisten_port = 99999\n', ['alapi.conf:2', 'listen_port', '1', '65535']],
    ['nonsense = 1\n', ['alapi.conf:1', 'nonsense', 'listen_port']],
    ['listen_port\n', ['alapi.conf:1', 'name = value']],
    ['zone = Mars/Olympus\n', ['alapi.conf:1', 'zone', 'Asia/Shanghai']],
    ['listen_address = nowhere\n', ['alapi.conf:1', 'listen_address']],
  ]) {
    fs.writeFileSync(conf, lines)
    const r = alapi('run', '--home', home, '--port', String(await freePort()))
    oneSentence(r, 78, words)
  }
  fs.rmSync(home, { recursive: true })
})

test('the sample configuration is one that is understood', () => {
  const home = freshHome()
  const sample = alapi('doctor', '--print-config').out
  fs.writeFileSync(path.join(home, 'alapi.conf'), sample.replaceAll(/^# (\w+ = )/gm, '$1').replace('listen_port = 8080', 'listen_port = 70000'))
  const r = alapi('run', '--home', home)
  assert.equal(r.code, 78, r.err)
  assert.ok(r.err.includes('listen_port'), r.err) /* the one line that was made wrong, so all others are right */
  fs.rmSync(home, { recursive: true })
})

test('wrong usage is 64 with a sentence', () => {
  for (const args of [['nonsense'], [], ['run', '--nonsense'], ['run', '--port', 'x'], ['token', 'frobnicate'], ['plan', 'set'],
    ['call'], ['api', 'show'], ['audit', 'nothing'], ['account', 'create']]) {
    const r = alapi(...args)
    assert.equal(r.code, 64, `${args.join(' ')}: ${r.code} ${r.err}`)
  }
})

test('a home that is not there, that is a file, that cannot be written', () => {
  oneSentence(alapi('token', 'list', '--home', '/nonexistent/alapi'), 78, ['/nonexistent/alapi', 'alapi run'])
  oneSentence(alapi('run', '--home', '/nonexistent/alapi'), 1, ['/nonexistent/alapi'])
  oneSentence(alapi('run', '--home', '/dev/null'), 1, ['/dev/null'])
  oneSentence(alapi('run', '--home', '/proc'), 1, ['/proc'].slice(1))
})

test('a master key that others may read, or that is cut, stops the start with its mend', async () => {
  const s = await Server.start()
  await s.stop({ keep: true })
  const key = path.join(s.home, 'state/keys/master.key')
  fs.chmodSync(key, 0o644)
  oneSentence(alapi('run', '--home', s.home, '--port', String(s.port)), 78, ['0400'])
  fs.chmodSync(key, 0o600)
  fs.truncateSync(key, 16)
  fs.chmodSync(key, 0o400)
  oneSentence(alapi('run', '--home', s.home, '--port', String(s.port)), 78, ['32 bytes'])
  fs.rmSync(key)
  const r = alapi('doctor', '--home', s.home)
  assert.equal(r.code, 1)
  assert.match(r.out, /FAULT.*master key/)
  fs.rmSync(s.home, { recursive: true })
})

// An installation of its own, whose data can be damaged.
function installation(folder = fs.mkdtempSync(path.join(os.tmpdir(), 'alapi-install-'))) {
  for (const file of ['alapi', 'ngx_http_alapi_module.so']) fs.copyFileSync(path.join(BUILD, file), path.join(folder, file))
  fs.cpSync(fs.realpathSync(path.join(BUILD, 'data')), path.join(folder, 'data'), { recursive: true }) // never a link: they get damaged
  return path.join(folder, 'alapi')
}

test('damaged and missing data: doctor names them, their APIs answer 503, the rest work', async () => {
  const program = installation()
  const folder = path.dirname(program)
  fs.chmodSync(folder, 0o755)
  const pack = (name) => path.join(folder, 'data', `${name}.pack`)
  fs.rmSync(pack('phone'))
  const bytes = fs.readFileSync(pack('gb2260'))
  for (let i = 4096; i < bytes.length; i += 65536) bytes[i] ^= 0xff
  fs.writeFileSync(pack('gb2260'), bytes)
  fs.truncateSync(pack('xhy'), 1000)
  const home = freshHome()
  const port = await freePort()
  const { spawn } = await import('node:child_process')
  const child = spawn(program, ['run', '--home', home, '--port', String(port), '--demo'], { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise((resolve) => child.on('exit', resolve))
  try {
    let said = ''
    child.stdout.on('data', (d) => { said += d })
    child.stderr.on('data', (d) => { said += d })
    const token = (await until(() => said.match(/^token: (\S+)/m), 'the start', 30000))[1]
    const ask = async (target) => (await fetch(`http://127.0.0.1:${port}${target}`, { headers: { token, 'Accept-Language': 'en' } }))
    for (const target of ['/api/phone?phone=13800138000', '/api/idcard?id=11010519491231002X', '/api/xhy?word=a']) {
      const a = await ask(target)
      const body = await a.json()
      assert.deepEqual([a.status, body.error, body.usage], [503, 'source_unavailable', 0], target)
      assert.ok(Number(a.headers.get('retry-after')) > 0)
    }
    assert.equal((await ask('/api/ip?ip=8.8.8.8')).status, 200)
    const r = spawnSync(program, ['doctor', '--home', home], { encoding: 'utf8' })
    assert.equal(r.status, 1)
    for (const name of ['phone', 'gb2260', 'xhy']) assert.match(r.stdout, new RegExp(`FAULT data set ${name} `))
    assert.ok(!/FAULT data set ip /.test(r.stdout), r.stdout)
  } finally {
    child.kill('SIGTERM')
    await ended
    fs.rmSync(home, { recursive: true })
    fs.rmSync(folder, { recursive: true })
  }
})

test('as an ordinary user, and as root in a folder that others cannot walk to', { skip: process.getuid() !== 0 }, async () => {
  const hidden = fs.mkdtempSync(path.join(os.tmpdir(), 'alapi-hidden-'))
  const program = installation(hidden)
  const s = await Server.start({ home: path.join(hidden, 'home'), program })
  assert.equal((await s.call('qr/decode', { image: 'AAAA' })).status, 422)
  const owner = (pid) => fs.readFileSync(`/proc/${pid}/status`, 'utf8').match(/^Uid:\s+(\d+)/m)[1]
  for (const word of ['alapi serve', 'nginx: worker']) for (const pid of s.pids(word)) assert.notEqual(owner(pid), '0', word)
  await s.stop()
  const open = installation() /* where an ordinary user may walk to */
  fs.chmodSync(path.dirname(open), 0o755)
  const home = freshHome()
  fs.chownSync(home, 65534, 65534)
  const port = await freePort()
  const code = `process.setgid(65534); process.setuid(65534);` +
    `require('child_process').spawn(${JSON.stringify(open)}, ['run','--home',${JSON.stringify(home)},'--port','${port}','--demo'],{stdio:'inherit'})` +
    `.on('exit', (c) => process.exit(c)); process.on('SIGTERM', () => {})`
  const { spawn } = await import('node:child_process')
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let said = ''
  child.stdout.on('data', (d) => { said += d })
  child.stderr.on('data', (d) => { said += d })
  try {
    const token = (await until(() => said.match(/^token: (\S+)/m), 'the start as an ordinary user', 30000).catch((e) => { throw new Error(`${e.message}: ${said}`) }))[1]
    const a = await fetch(`http://127.0.0.1:${port}/api/uuid`, { headers: { token } })
    assert.equal(a.status, 200)
  } finally {
    process.kill(-child.pid, 'SIGTERM')
    await new Promise((go) => child.on('exit', go))
    for (const folder of [hidden, home, path.dirname(open)]) fs.rmSync(folder, { recursive: true })
  }
})
