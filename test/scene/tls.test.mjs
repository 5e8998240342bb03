// tls.test.mjs: TLS at the edge: which protocols and suites, what is refused without it, and reloads under load.
import test from 'node:test'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import http2 from 'node:http2'
import path from 'node:path'
import tls from 'node:tls'
import { spawnSync } from 'node:child_process'
import { Authority, openssl } from '../support/authority.mjs'
import { Person, Server, alapi, freePort, freshHome, until } from '../support/server.mjs'

let home, authority, server, plain, first, unlimited

const conf = (lines) => fs.writeFileSync(path.join(home, 'alapi.conf'), lines.map((l) => `${l}\n`).join(''))
const settings = (files, more = []) => [`tls_certificate = ${files.certificate}`, `tls_key = ${files.key}`,
  `tls_port = ${server?.secure.port ?? plain.tls}`, `public_origin = https://localhost:${server?.secure.port ?? plain.tls}`, ...more]

// A request without TLS.
const without = (method, target, headers = {}, body = '') => new Promise((resolve, reject) => {
  const q = http.request({ host: '127.0.0.1', port: server.port, method, path: target, headers, agent: false }, (a) => {
    let all = ''
    a.on('data', (d) => { all += d })
    a.on('end', () => resolve({ status: a.statusCode, headers: a.headers, json: all.startsWith('{') ? JSON.parse(all) : null }))
  })
  q.on('error', reject)
  q.end(body)
})

// What a handshake of these options comes to: its protocol and suite, or null.
const shake = (options) => new Promise((resolve) => {
  const s = tls.connect({ host: '127.0.0.1', port: server.secure.port, ca: authority.pem, servername: 'localhost', ...options }, () => {
    resolve({ protocol: s.getProtocol(), suite: s.getCipher().name, alpn: s.alpnProtocol, serial: s.getPeerCertificate().serialNumber })
    s.destroy()
  })
  s.on('error', () => resolve(null))
})

test.before(async () => {
  home = freshHome()
  fs.mkdirSync(path.join(home, 'tls'))
  fs.chmodSync(home, 0o755)
  authority = new Authority(path.join(home, 'tls'))
  plain = { port: await freePort(), tls: await freePort() }
  first = authority.issue('first')
  conf(settings(first))
  server = await Server.start({ home, port: plain.port, secure: { port: plain.tls, ca: authority.pem } })
  unlimited = server.alapi('token', 'create', '--account', 'demo', '--plan', 'unlimited').out.trim()
  await until(async () => (await server.call('uuid', {}, unlimited)).status === 200, 'the token to be published')
})

test.after(() => server?.stop())

test('[S10] TLS 1.2 and 1.3 with suites of forward secrecy, HTTP/2, no tickets; nothing older', async () => {
  const newest = await shake({ ALPNProtocols: ['h2', 'http/1.1'] })
  assert.equal(newest.protocol, 'TLSv1.3')
  assert.equal(newest.alpn, 'h2')
  const good = ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-CHACHA20-POLY1305']
  for (const suite of good)
    assert.equal((await shake({ maxVersion: 'TLSv1.2', ciphers: suite }))?.suite, suite)
  const all = openssl('ciphers', '-s', '-tls1_2', 'ALL:@SECLEVEL=0').out.trim().split(':')
  assert.ok(all.length > 10, String(all))
  for (const suite of all.filter((s) => !/^(ECDHE-(ECDSA|RSA)-(AES(128|256)-GCM-SHA(256|384)|CHACHA20-POLY1305))$/.test(s)))
    assert.equal(await shake({ maxVersion: 'TLSv1.2', ciphers: `${suite}:@SECLEVEL=0` }), null, suite)
  for (const old of ['-tls1', '-tls1_1']) {
    const r = openssl('s_client', '-connect', `127.0.0.1:${server.secure.port}`, old, '-cipher', 'ALL:@SECLEVEL=0')
    assert.ok(!/Cipher is (?!\(NONE\))/.test(r.out), r.out)
  }
  const r = openssl('s_client', '-connect', `127.0.0.1:${server.secure.port}`, '-servername', 'localhost', '-CAfile', authority.file, '-tls1_2')
  assert.match(r.out, /Verify return code: 0/)
  assert.ok(!/TLS session ticket:/.test(r.out), r.out)
})

test('[S10] each answer by TLS says so for a year and all names below; without TLS none does', async () => {
  for (const target of ['/', '/status.json', '/api/uuid', '/api/none', '/nothing-here']) {
    const a = await server.get(target, { headers: { token: server.token } })
    assert.equal(a.headers['strict-transport-security'], 'max-age=31536000; includeSubDomains', target)
  }
  assert.equal((await without('GET', '/')).headers['strict-transport-security'], undefined)
})

test('[S10] HTTP/2: pages, and three hundred calls on one connection', async () => {
  const client = http2.connect(`https://localhost:${server.secure.port}`, { ca: authority.pem })
  const ask = (headers) => new Promise((resolve, reject) => {
    const q = client.request(headers)
    let status, all = ''
    q.on('response', (h) => { status = h[':status'] })
    q.on('data', (d) => { all += d })
    q.on('end', () => resolve({ status, all }))
    q.on('error', reject)
    q.end()
  })
  assert.equal((await ask({ ':path': '/status.json' })).status, 200)
  const answers = await Promise.all(Array.from({ length: 300 }, () => ask({ ':path': '/api/uuid', token: unlimited })))
  assert.ok(answers.every((a) => a.status === 200 && JSON.parse(a.all).success))
  client.close()
})

test('[S10] pages without TLS are sent on; forms, account requests and calls are refused, not sent on', async () => {
  const origin = `https://localhost:${server.secure.port}`
  for (const target of ['/', '/policy?x=1', '/status.json']) {
    const a = await without('GET', target)
    assert.equal(a.status, 301)
    assert.equal(a.headers.location, `${origin}${target}`)
    assert.equal(a.headers['set-cookie'], undefined)
  }
  for (const target of ['/account/login', '/feedback']) {
    const a = await without('POST', target, { 'Content-Type': 'application/json' }, '{"login":"a","password":"b"}')
    assert.equal(a.status, 400)
    assert.equal(a.json.error, 'tls_required')
  }
  const a = await without('GET', '/api/uuid')
  assert.deepEqual([a.status, a.json.error, a.headers.location], [400, 'tls_required', undefined])
})

test('[S10][fault 18] a token sent without TLS: refused, its owner is told once, one line in the audit log', async () => {
  const person = new Person(server, 'exposed', 'exposed@example.com')
  assert.equal((await person.register()).status, 201)
  await person.login()
  const token = await person.token({ name: 'on-the-wire' })
  assert.ok(token)
  const entries = () => server.mails().filter((m) => m.includes('on-the-wire'))
  for (const headers of [{ token }, { token, 'Accept-Language': 'en' }, { Authorization: `Bearer ${token}` }]) {
    const a = await without('GET', '/api/uuid', headers)
    assert.equal(a.status, 400)
    assert.equal(a.json.error, 'key_exposed')
    assert.equal(a.json.data, null)
    assert.ok(a.json.hint.includes('https'))
  }
  assert.equal((await without('GET', `/api/uuid?token=${token}`)).json.error, 'key_exposed')
  await until(() => entries().length > 0, 'the owner to be told')
  const wrong = `alk_live_${'A'.repeat(59)}`
  assert.equal((await without('GET', '/api/uuid', { token: wrong })).json.error, 'key_exposed')
  /* Later counts are drained with those of this call, so whoever sees it has seen them. */
  assert.equal((await server.call('uuid', {}, token)).status, 200)
  await until(async () => (await person.ask('GET', '/account/usage?by=token')).json?.usage?.length !== 0, 'the counts to be stored')
  const lines = spawnSync('sqlite3', ['-readonly', path.join(home, 'state/main.db'),
    "SELECT count(*) FROM audit_entry WHERE action = 'token.exposed'"], { encoding: 'utf8' })
  assert.equal(lines.stdout.trim(), '1', lines.stderr)
  assert.equal(entries().length, 1)
  assert.ok(/https/.test(entries()[0]))
})

const line = (from, word) => until(() => server.said.slice(from).includes(word), word, 20000)

test('[fault 39] a wrong setting at a reload: everything goes on as it was, and file and line are named', async () => {
  for (const [wrong, words] of [
    [settings(first, ['tls_port = 0']), ['alapi.conf:5', 'tls_port']],
    [settings({ certificate: '/nonexistent.pem', key: first.key }), ['/nonexistent.pem']],
    [settings(first).slice(0, 1), ['tls_certificate', 'tls_key']],
  ]) {
    const from = server.said.length
    conf(wrong)
    const told = server.alapi('reload')
    assert.equal(told.code, 78, told.err)
    server.process.kill('SIGHUP')
    await line(from, 'reload_refused')
    for (const word of words) assert.ok(server.said.slice(from).includes(word), server.said.slice(from))
    assert.equal((await server.call('uuid')).status, 200)
  }
  conf(settings(first))
})

// Calls, pages and worker calls on and on, a connection each; what fails is kept.
function load(clients) {
  const failed = [], sum = { answered: 0 }
  let on = true
  const one = (number) => new Promise((resolve) => {
    const kinds = [['POST', '/api/uuid'], ['GET', '/status.json'], ['POST', '/account/login'], ['GET', '/api/markdown?text=*a*'], ['GET', '/policy']]
    const [method, target] = kinds[number % kinds.length]
    const q = https.request({ host: '127.0.0.1', port: server.secure.port, ca: authority.pem, servername: 'localhost', agent: false,
      method, path: target, timeout: 25000,
      headers: { token: unlimited, ...(method === 'POST' ? { 'Content-Type': 'application/json', 'Content-Length': 2 } : {}) } }, (a) => {
      a.resume()
      a.on('end', () => { sum.answered++; if (a.statusCode >= 500) failed.push(`${target} ${a.statusCode}`); resolve() })
      a.on('error', (e) => { failed.push(`${target} ${e.message}`); resolve() })
    })
    q.on('timeout', () => q.destroy(new Error('no answer')))
    q.on('error', (e) => { failed.push(`${target} ${e.message}`); resolve() })
    q.end(method === 'POST' ? '{}' : '')
  })
  const all = Array.from({ length: clients }, async (_, i) => { for (let n = i; on; n++) await one(n) })
  return { failed, sum, end: async () => { on = false; await Promise.all(all) } }
}

test('[fault 39] new certificates by reload, three times under load: not one request fails', async () => {
  const running = load(8)
  let serial = (await shake({})).serial
  for (const name of ['second', 'third', 'fourth']) {
    const from = server.said.length
    const [serve] = server.pids('alapi serve')
    const before = running.sum.answered
    conf(settings(authority.issue(name)))
    const told = server.alapi('reload')
    assert.equal(told.code, 0, told.err)
    await line(from, 'event=reloaded')
    const old = serial
    await until(async () => (serial = (await shake({}))?.serial) !== old, 'the new certificate')
    await until(() => server.pids('alapi serve').some((p) => p !== serve), 'another serve')
    await until(() => running.sum.answered > before + 100, 'requests to go on', 30000)
  }
  await running.end()
  assert.deepEqual(running.failed, [])
  console.log(`# ${running.sum.answered} requests over three reloads, ${running.failed.length} failed`)
})

test('a start with a certificate that is not there says so and ends; nobody loops', async () => {
  const other = freshHome()
  fs.writeFileSync(path.join(other, 'alapi.conf'), ['tls_certificate = /nonexistent.pem', 'tls_key = /nonexistent.key',
    'public_origin = https://localhost', ''].join('\n'))
  const r = alapi('run', '--home', other, '--port', String(await freePort()))
  assert.equal(r.code, 78, r.err)
  assert.ok(r.err.includes('/nonexistent.pem'), r.err)
  fs.rmSync(other, { recursive: true })
})
