// attack.test.mjs: what attackers send, and what comes of it: named errors, closed connections, memory that stays,
// and others who are served. 10,000 slow connections are 300 here: what matters is that they are bounded by time.
import test from 'node:test'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { spawnSync } from 'node:child_process'
import { Authority } from '../support/authority.mjs'
import * as attack from '../support/attacks.mjs'
import { Server, freePort, freshHome, until } from '../support/server.mjs'

const { Frames, frame, settings, request, literal, indexed, HEADERS, CONTINUATION, RST_STREAM, PING, SETTINGS, END_STREAM, END_HEADERS } = attack

let server, port, token

test.before(async () => {
  const home = freshHome()
  fs.chmodSync(home, 0o755)
  fs.mkdirSync(path.join(home, 'tls'))
  const authority = new Authority(path.join(home, 'tls'))
  const files = authority.issue('site')
  port = await freePort()
  fs.writeFileSync(path.join(home, 'alapi.conf'), [`tls_certificate = ${files.certificate}`, `tls_key = ${files.key}`, `tls_port = ${port}`,
    `public_origin = https://localhost:${port}`, 'address_requests = 4096', ''].join('\n'))
  server = await Server.start({ home, secure: { port, ca: authority.pem } })
  token = server.alapi('token', 'create', '--account', 'demo', '--plan', 'unlimited').out.trim()
  await until(async () => (await server.call('uuid', {}, token)).status === 200, 'the token to be published')
})

test.after(() => server?.stop())

const nginxWorkers = () => server.pids('nginx: worker').filter((pid) => !/shutting down/.test(fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8')))
const kilobytes = (pid) => Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
const memory = () => nginxWorkers().reduce((sum, pid) => sum + kilobytes(pid), 0)

// Everything goes on: the same processes, and calls and pages are answered.
async function isWell(pids) {
  assert.deepEqual(nginxWorkers().sort(), [...pids].sort(), 'no worker died')
  assert.equal((await server.call('uuid', {}, token)).status, 200)
  assert.equal((await server.get('/status.json')).status, 200)
}

const head = (more, line = 'POST /api/pinyin HTTP/1.1') => `${line}\r\nHost: localhost\r\ntoken: ${token}\r\nContent-Type: application/json\r\n${more}`
const evil = 'GET /api/uuid HTTP/1.1\r\nHost: smuggled\r\n\r\n'

test('[fault 15][S11] a request whose end can be read in two ways: 400, closed, and what follows is not answered', async () => {
  const rows = {
    'both lengths': head(`Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${evil}`),
    'both lengths, the other way round': head(`Transfer-Encoding: chunked\r\nContent-Length: ${evil.length + 5}\r\n\r\n0\r\n\r\n${evil}`),
    'two lengths': head(`Content-Length: 2\r\nContent-Length: ${evil.length + 2}\r\n\r\n{}${evil}`),
    'two lengths that agree': head('Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}'),
    'a length that is none': head(`Content-Length: +2\r\n\r\n{}${evil}`),
    'a list of lengths': head(`Content-Length: 2, 2\r\n\r\n{}${evil}`),
    'an unknown coding': head(`Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${evil}`),
    'chunked behind another': head(`Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n${evil}`),
    'two codings': head(`Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${evil}`),
    'a space before the colon': head(`Content-Length : 2\r\n\r\n{}${evil}`),
    'a folded line': head(`X-A: b\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${evil}`),
    'a bare LF in the head': head(`X-A: b\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${evil}`),
    'bare LFs at the end of the head': head(`X-A: b\n\n${evil}`),
    'a bare LF behind the request line': `GET /api/uuid HTTP/1.1\nHost: localhost\r\n\r\n${evil}`,
    'a chunk size that is none': head(`Transfer-Encoding: chunked\r\n\r\n0x5\r\n{"a":\r\n0\r\n\r\n${evil}`),
    'a chunk size of 17 digits': head(`Transfer-Encoding: chunked\r\n\r\n10000000000000002\r\n{}\r\n0\r\n\r\n${evil}`),
    'no host': 'GET /api/uuid HTTP/1.1\r\n\r\n',
    'two hosts': 'GET /api/uuid HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
    'a NUL in a header': head('X-A: b\0c\r\n\r\n'),
  }
  for (const [what, sent] of Object.entries(rows)) {
    const { said, hungUp } = await attack.bytes(port, sent)
    assert.match(said, /^HTTP\/1\.1 400 /, `${what}: ${said.slice(0, 200)}`)
    assert.match(said, /"error":"request_malformed"/, what)
    assert.equal(said.match(/HTTP\/1\.1 /g).length, 1, `${what}: ${said}`)
    assert.ok(hungUp, `${what}: left open`)
  }
})

test('[fault 15] the extensions of chunks are dropped, not kept', async () => {
  const pids = nginxWorkers(), before = memory()
  const long = `2;${'a=b;'.repeat(16 << 10)}\r\n{}\r\n`
  const runs = Array.from({ length: 8 }, () => attack.bytes(port, [head('Transfer-Encoding: chunked\r\n\r\n'), long,
    ...Array.from({ length: 20 }, () => `1;${'x'.repeat(60000)}\r\n \r\n`), '0\r\n\r\n']))
  for (const { said } of await Promise.all(runs)) assert.match(said, /^HTTP\/1\.1 4\d\d |^$/, said.slice(0, 100))
  assert.ok(memory() - before < 32 << 10, `${before} KiB became ${memory()} KiB`)
  await isWell(pids)
})

test('[fault 14][S11] paths that can be read in two ways are named, and long ones', async () => {
  const rows = ['/api/..%2f..%2fetc/passwd', '/..%2f..%2fetc/passwd', '/api/%2e%2e%2fadmin/none', '/api/a%00b', '/policy%00', '/docs/%252e%252e/%252e%252e/etc',
    '//api/uuid', '/api//uuid', '//policy', '/api\\uuid', '/..\\..\\etc', '/api/%5c..%5c', '/%2e%2e/%2e%2e/etc/passwd', '/api/../../../etc/passwd']
  for (const target of rows) {
    const { said } = await attack.bytes(port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\ntoken: ${token}\r\nConnection: close\r\n\r\n`)
    assert.match(said, /^HTTP\/1\.1 400 [^]*"error": ?"path_invalid"/, `${target}: ${said.slice(0, 80)} … ${said.slice(-200)}`)
    assert.ok(!said.includes('root:'), said)
  }
  for (const target of [`/api/${'a'.repeat(64 << 10)}`, `/policy/${'../'.repeat(22000)}`]) {
    const { said } = await attack.bytes(port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    assert.match(said, /^HTTP\/1\.1 414 [^]*"error":"uri_too_long"/, said.slice(0, 200))
  }
})

test('[fault 1] JSON that is cut, deep, doubled, not UTF-8 or too long is named, by the byte where there is one', async () => {
  const json = (body, target = '/api/pinyin') => server.request('POST', target, { body: Buffer.isBuffer(body) ? body : Buffer.from(body),
    headers: { token, 'Content-Type': 'application/json', 'Accept-Language': 'en', 'Sec-Fetch-Site': 'same-origin' } })
  for (const [body, status, error, hint] of [
    ['{"word":"a"', 400, 'request_malformed', /byte 11/],
    ['{"word":tru}', 400, 'request_malformed', /byte \d+/],
    ['{"word":"a"}x', 400, 'request_malformed', /byte \d+/],
    [Buffer.from('{"word":"\xff"}', 'latin1'), 400, 'request_malformed', /byte \d+/],
    ['{"word":"a\\u0000"}', null, null, null],
    ['{"a\\u0000b":1}', 400, 'request_malformed', /byte \d+/],
    [`${'['.repeat(10000)}${']'.repeat(10000)}`, 400, 'json_too_deep', /32/],
    [`{"a":${'['.repeat(32)}${']'.repeat(32)}}`, 400, 'json_too_deep', /32/],
    ['{"word":"a","word":"b"}', 422, 'parameter_doubled', /word/],
    [`{"word":"${'a'.repeat(1 << 20)}"}`, 413, 'body_too_large', /1 MiB/],
  ]) {
    const a = await json(body)
    const where = `${body.slice(0, 40)}: ${a.raw}`
    assert.ok(a.status < 500, where)
    if (status) assert.equal(a.status, status, where)
    if (error) assert.equal(a.json.error, error, where)
    if (hint) assert.match(a.json.hint, hint, where)
  }
  for (const [body, error] of [['{"login":', 'request_malformed'], ['['.repeat(10000), 'json_too_deep'], ['{"login":"a","login":"b"}', 'parameter_doubled'],
    [`{"login":"${'a'.repeat(70000)}"}`, 'body_too_large']]) {
    const a = await json(body, '/account/login')
    assert.equal(a.json.error, error, String(a.raw))
    if (error === 'request_malformed') assert.match(String(a.raw), /byte 9/)
  }
})

test('[fault 44][S11] two hundred cookies, a header of 1 MiB, two hundred headers: 431 by name', async () => {
  const rows = {
    cookies: Array.from({ length: 200 }, (_, i) => `Cookie: c${i}=${'v'.repeat(200)}\r\n`).join(''),
    'one cookie': `Cookie: a=${'v'.repeat(9000)}\r\n`,
    header: `X-Long: ${'a'.repeat(1 << 20)}\r\n`,
    headers: Array.from({ length: 200 }, (_, i) => `X-${i}: ${'v'.repeat(200)}\r\n`).join(''),
  }
  for (const target of ['/api/uuid', '/policy'])
    for (const [what, lines] of Object.entries(rows)) {
      const { said, hungUp } = await attack.bytes(port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\n${lines}\r\n`)
      assert.match(said, /^HTTP\/1\.1 431 [^]*"error":"headers_too_large"/, `${what}: ${said.slice(0, 200)}`)
      assert.ok(hungUp, what)
    }
})

test('[fault 18] ten tokens in the headers are refused, not chosen from; as are two of one', async () => {
  const many = Array.from({ length: 9 }, (_, i) => `token: alk_live_${String(i).repeat(59)}\r\n`).join('')
  for (const lines of [`token: ${token}\r\n${many}`, `${many}token: ${token}\r\n`, `token: ${token}\r\ntoken: ${token}\r\n`,
    `token: ${token}\r\nToken: x\r\n`]) {
    const { said } = await attack.bytes(port, `GET /api/uuid HTTP/1.1\r\nHost: localhost\r\n${lines}Connection: close\r\n\r\n`)
    assert.match(said, /^HTTP\/1\.1 422 [^]*"error":"parameter_doubled"[^]*"parameter":"token"/, said)
  }
})

test('[fault 19][S11] a thousand callers at once where a hundred units are left: a hundred are answered', async () => {
  server.alapi('plan', 'set', 'hundred', '--rate', '0', '--quota-day', '100')
  const last = server.alapi('token', 'create', '--account', 'demo', '--plan', 'hundred').out.trim()
  await until(async () => (await server.get('/api/limits', { headers: { token: last } })).status === 200, 'the token to be published')
  const answers = await Promise.all(Array.from({ length: 1000 }, () => server.call('uuid', {}, last)))
  assert.equal(answers.filter((a) => a.status === 200).length, 100)
  for (const a of answers.filter((x) => x.status !== 200)) {
    assert.deepEqual([a.status, a.json.error, a.json.usage], [429, 'quota_exceeded', 0])
    assert.ok(Number(a.headers['retry-after']) > 0)
    assert.match(a.headers.ratelimit, /"day";r=0;t=\d+/)
  }
})

// ---- HTTP/2 ----

// Sends until the other side ends it, `most` rounds at most; how many rounds it took.
async function flood(c, most, make) {
  let round = 0
  for (; round < most && !c.isEnded; round++) {
    if (!c.send(make(round))) break
    if (round % 16 === 0) await c.drained()
  }
  await until(() => c.isEnded || round === most, 'the flood to end')
  return round
}

test('[fault 17][S11] streams opened and reset at once: so many on a connection, then it is ended', async () => {
  const pids = nginxWorkers(), before = memory()
  for (let n = 0; n < 5; n++) {
    const c = await Frames.open(port)
    const head = request('/api/uuid', { token })
    await flood(c, 20000, (i) => Buffer.concat([frame(HEADERS, END_STREAM | END_HEADERS, 2 * i + 1, head), frame(RST_STREAM, 0, 2 * i + 1, Buffer.alloc(4))]))
    await until(() => c.isEnded, 'GOAWAY')
    const opened = new Set(c.frames.filter((f) => f.type === HEADERS).map((f) => f.stream)).size
    assert.ok(opened <= 1000, `${opened} streams were answered`)
    c.end()
  }
  assert.ok(memory() - before < 48 << 10, `${before} KiB became ${memory()} KiB`)
  await isWell(pids)
})

test('[fault 17][S11] a head that never ends, in CONTINUATION frames: refused, and its memory does not grow', async () => {
  const pids = nginxWorkers(), before = memory()
  for (const piece of [literal('x-a', 'b'.repeat(8000)), literal('', ''), Buffer.alloc(0)]) {
    const c = await Frames.open(port)
    c.send(frame(HEADERS, END_STREAM, 1, request('/api/uuid', { token })))
    const rounds = await flood(c, 6000, () => frame(CONTINUATION, 0, 1, piece))
    assert.ok(memory() - before < 32 << 10, `${before} KiB became ${memory()} KiB after ${rounds} frames`)
    assert.ok(!c.frames.some((f) => f.type === HEADERS && f.payload[0] === 0x88), 'it is not answered by 200')
    c.end()
  }
  await isWell(pids)
})

test('[fault 17][S11] floods of PING and of SETTINGS are ended', async () => {
  const pids = nginxWorkers(), before = memory()
  for (const one of [frame(PING, 0, 0, Buffer.alloc(8)), settings([4, 65535])]) {
    const c = await Frames.open(port)
    const many = Buffer.concat(Array.from({ length: 1000 }, () => one))
    await flood(c, 500, () => many)
    assert.ok(c.isEnded, `${c.sent} bytes of it were taken`)
    c.end()
  }
  const deaf = await Frames.open(port)
  deaf.socket.pause()
  for (let i = 0; i < 100 && !deaf.closed && !deaf.socket.writableNeedDrain; i++) deaf.send(Buffer.concat(Array.from({ length: 1000 }, () => frame(PING, 0, 0, Buffer.alloc(8)))))
  deaf.end()
  assert.ok(memory() - before < 32 << 10, `${before} KiB became ${memory()} KiB`)
  await isWell(pids)
})

test('[fault 17][S11] a head that is small on the wire and large when it is unpacked is refused', async () => {
  const pids = nginxWorkers(), before = memory()
  const c = await Frames.open(port)
  const kept = literal('x-bomb', 'a'.repeat(4000), 0x40)
  for (let n = 0; n < 50 && !c.isEnded; n++) {
    c.send(frame(HEADERS, END_STREAM | END_HEADERS, 2 * n + 1, Buffer.concat([request('/api/uuid', { token }), ...(n ? [] : [kept]), ...Array.from({ length: 8000 }, () => indexed(62))])))
    await c.drained()
  }
  await until(() => c.isEnded || c.frames.filter((f) => f.type === HEADERS).length >= 50, 'each to be answered')
  assert.ok(!c.frames.some((f) => f.type === HEADERS && f.payload[0] === 0x88), 'none by 200')
  assert.ok(memory() - before < 32 << 10, `${before} KiB became ${memory()} KiB`)
  c.end()
  await isWell(pids)
})

test('[fault 17] what HTTP/2 does not allow in a header is refused', async () => {
  for (const [name, value] of [['connection', 'close'], ['transfer-encoding', 'chunked'], ['x-a', 'b\r\nx-c: d'], ['x-a', 'b\0'], ['X-Upper', 'a']]) {
    const c = await Frames.open(port)
    c.send(frame(HEADERS, END_STREAM | END_HEADERS, 1, Buffer.concat([request('/api/uuid', { token }), literal(name, value)])))
    await until(() => c.isEnded || c.saw(HEADERS, 1) || c.saw(RST_STREAM, 1), `an end of ${name}`)
    const first = c.frames.find((f) => f.type === HEADERS && f.stream === 1)
    assert.ok(!first || first.payload[0] !== 0x88, `${name} was answered by 200`)
    c.end()
  }
})

// ---- slow ones ----

const pause = (ms) => new Promise((go) => setTimeout(go, ms))

// A connection of the plain port that sends `first`, then a byte now and then; what it is told, when it is closed.
function slow(first, byte, everyMs) {
  const s = net.connect(server.port, '127.0.0.1')
  const c = { said: '', closed: false, end: () => s.destroy() }
  s.on('connect', () => s.write(first))
  s.on('data', (d) => { c.said += d })
  s.on('error', () => {})
  s.on('close', () => { c.closed = true; clearInterval(timer) })
  const timer = setInterval(() => { if (byte && !s.destroyed) s.write(byte) }, everyMs)
  return c
}

test('[fault 16][S11] hundreds of slow connections of each kind: closed in time, others are served', async () => {
  const pids = nginxWorkers(), before = memory()
  const heads = Array.from({ length: 300 }, () => slow('GET /status.json HTTP/1.1\r\nHost: localhost\r\n', 'X-A: b\r\n', 1000))
  const bodies = Array.from({ length: 100 }, () => slow('POST /api/pinyin HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n{', null, 1000))
  const drips = Array.from({ length: 50 }, () => slow('POST /api/pinyin HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n{', ' ', 2000))
  const stalls = await Promise.all(Array.from({ length: 20 }, async () => {
    const c = await Frames.open(port, settings([4, 0]))
    for (let i = 0; i < 20; i++) c.send(frame(HEADERS, END_STREAM | END_HEADERS, 2 * i + 1, request('/openapi.json')))
    return c
  }))
  const times = []
  const others = (async () => {
    while (heads.some((c) => !c.closed)) {
      const from = process.hrtime.bigint()
      assert.equal((await server.call('uuid', {}, token)).status, 200)
      times.push(Number(process.hrtime.bigint() - from) / 1e6)
      await pause(5)
    }
  })()
  await until(() => heads.every((c) => c.closed), 'slow heads to be closed', 40000)
  await others
  assert.ok(heads.every((c) => c.said === '' || c.said.startsWith('HTTP/1.1 408')), heads[0].said)
  await until(() => bodies.every((c) => c.closed), 'bodies that stop to be closed', 40000)
  assert.ok(bodies.every((c) => !c.said.includes(' 200 ')), bodies[0].said)
  await until(() => stalls.every((c) => c.isEnded || c.saw(RST_STREAM)), 'readers that do not read to be ended', 90000)
  await until(() => drips.every((c) => c.closed), 'bodies by the byte to be closed', 90000)
  assert.ok(drips.every((c) => !c.said.includes(' 200 ')), drips[0].said)
  for (const c of stalls) c.end()
  times.sort((a, b) => a - b)
  console.log(`# others meanwhile: ${times.length} calls, median ${times[times.length >> 1].toFixed(1)} ms, p99 ${times[Math.floor(times.length * 0.99)].toFixed(1)} ms`)
  assert.ok(memory() - before < 64 << 10, `${before} KiB became ${memory()} KiB`)
  await isWell(pids)
})

// By the process's own user: what may be done in a container too.
function limit(pid, words) {
  const uid = Number(/^Uid:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1])
  const gid = Number(/^Gid:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1])
  const r = spawnSync('prlimit', ['--pid', String(pid), words], { uid, gid, encoding: 'utf8' })
  assert.equal(r.status, 0, r.stderr)
}

test('[fault 34][S11] no descriptors left: nobody dies, and it goes on when there are some', async () => {
  const pids = nginxWorkers()
  const held = []
  for (const pid of pids) limit(pid, `--nofile=${fs.readdirSync(`/proc/${pid}/fd`).length + 8}:`)
  try {
    for (let i = 0; i < 200; i++) held.push(net.connect(server.port, '127.0.0.1').on('error', () => {}))
    await until(() => pids.every((pid) => fs.readdirSync(`/proc/${pid}/fd`).length >= 8), 'them to be used up')
    assert.deepEqual(nginxWorkers().sort(), [...pids].sort())
  } finally {
    for (const s of held) s.destroy()
    for (const pid of pids) limit(pid, '--nofile=16384:')
  }
  await until(async () => (await server.call('uuid', {}, token).catch(() => ({}))).status === 200, 'calls to go on', 20000)
  server.agent.destroy() /* those of its connections that nginx gave up for others */
  await isWell(pids)
})

test('[fault 34][S11] 16 MiB of memory for those who unpack images: refused or answered, by name, and the service goes on', async () => {
  const children = () => server.pids('alapi worker').filter((pid) => fs.readFileSync(`/proc/${pid}/status`, 'utf8').includes('Seccomp:\t2'))
  const before = children()
  assert.ok(before.length >= 1)
  for (const pid of before) {
    const bytes = Number(/VmSize:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024 + (16 << 20)
    limit(pid, `--as=${bytes}:`)
  }
  const large = spawnSync('python3', ['-c', 'import zlib,struct,sys\n' +
    'def chunk(t,d): return struct.pack(">I",len(d))+t+d+struct.pack(">I",zlib.crc32(t+d))\n' +
    'n=4000\nsys.stdout.buffer.write(b"\\x89PNG\\r\\n\\x1a\\n"+chunk(b"IHDR",struct.pack(">IIBBBBB",n,n,8,2,0,0,0))+chunk(b"IDAT",zlib.compress(bytes(n*(3*n+1)),9))+chunk(b"IEND",b""))'],
  { maxBuffer: 1 << 24 }).stdout
  const answers = await Promise.all(Array.from({ length: 12 }, () => server.call('qr/decode', { image: large.toString('base64') }, token)))
  for (const a of answers) assert.ok(a.status === 200 || a.json.error, String(a.raw.subarray(0, 200)))
  assert.ok(answers.every((a) => a.status === 200 || a.json.usage === 0))
  await isWell(nginxWorkers())
  await until(async () => (await server.request('GET', '/api/markdown?text=a', { headers: { token } })).status === 200, 'workers to go on', 20000)
})
