// call.test.mjs: a data call as its callers see it: the envelope, every way in, every refusal.
import test from 'node:test'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { Server, until } from '../support/server.mjs'

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }
const part = (name, value) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const OLDER_JAVA = '--b\r\nContent-Disposition: form-data; name="word"\r\nContent-Type: text/plain\r\n' +
  `Content-Length: 6\r\n\r\n中国\r\n${part('x8f2', '1')}--b--\r\n`

let s
test.before(async () => { s = await Server.start() })
test.after(async () => { await s.stop() })

const plan = async (name, ...limits) => {
  assert.equal(s.alapi('plan', 'set', name, ...limits).code, 0)
  const made = s.alapi('token', 'create', '--account', 'demo', '--plan', name)
  assert.equal(made.code, 0, made.err)
  const token = made.out.trim()
  for (let i = 0; i < 100; i++) {
    const seen = await s.get('/api/user_apis', { headers: { token } })
    if (seen.status === 200) return token
    await new Promise((go) => setTimeout(go, 20))
  }
  throw new Error('the token was not in force after 2 s')
}

test('the envelope has its members in their order', async () => {
  const a = await s.call('pinyin', { word: '中国' })
  assert.equal(a.status, 200)
  assert.deepEqual(Object.keys(a.json).slice(0, 8),
    ['request_id', 'success', 'message', 'code', 'data', 'time', 'usage', 'source'])
  assert.match(a.json.request_id, /^\d+$/)
  assert.equal(a.headers['x-request-id'], a.json.request_id)
  assert.ok(Math.abs(a.json.time - Date.now() / 1000) < 5)
})

test('every way to send a token and parameters', async () => {
  const t = s.token
  const ways = [
    ['GET', '/api/ip?ip=8.8.8.8', undefined, { token: t }],
    ['GET', '/api/ip?ip=8.8.8.8', undefined, { Authorization: `Bearer ${t}` }],
    ['GET', `/api/ip?ip=8.8.8.8&token=${t}`, undefined, {}],
    ['POST', '/api/ip', `ip=8.8.8.8&token=${t}`, FORM],
    ['POST', '/api/ip', { ip: '8.8.8.8', token: t }, {}],
    ['POST', '/api/ip', { ip: '8.8.8.8', whatever: 1 }, { token: t }],
    ['POST', '/api/ip', `${part('ip', '8.8.8.8')}${part('token', t)}--b--\r\n`, { 'Content-Type': 'multipart/form-data; boundary=b' }],
    ['POST', '/v2/api/pinyin', OLDER_JAVA, { token: t, 'Content-Type': 'multipart/mixed; boundary="b"' }],
  ]
  for (const [method, target, body, headers] of ways) {
    const a = await s.request(method, target, { body, headers })
    assert.equal(a.status, 200, `${target} ${JSON.stringify(headers)}: ${a.raw}`)
    assert.equal(a.json.code, 200)
  }
})

test('a stray parameter is ignored and named', async () => {
  const a = await s.call('ip', { ip: '8.8.8.8', whatever: 1, other: 'x' })
  assert.equal(a.headers['x-ignored-parameters'], 'whatever, other')
})

test('refusals: status, name, hint, no charge, in both languages', async () => {
  const t = await plan('patient', '--rate', '0')
  const other = t.slice(0, -1) + (t.at(-1) === 'a' ? 'b' : 'a')
  const table = [
    ['GET', '/api/ip?ip=8.8.8.8', undefined, {}, 401, 'token_missing'],
    ['GET', '/api/ip?ip=8.8.8.8', undefined, { token: 'x y' }, 401, 'token_malformed'],
    ['GET', '/api/ip?ip=8.8.8.8', undefined, { token: other }, 401, 'token_malformed'],
    ['GET', `/api/ip?token=${'%ff'.repeat(30)}`, undefined, {}, 401, 'token_malformed'],
    ['GET', '/api/nothing', undefined, { token: t }, 404, 'api_unknown'],
    ['DELETE', '/api/ip', undefined, { token: t }, 405, 'method_not_allowed'],
    ['GET', '/api/ip?ip=1.2.3.999', undefined, { token: t }, 422, 'parameter_invalid'],
    ['GET', '/api/pinyin', undefined, { token: t }, 422, 'parameter_missing'],
    ['GET', '/api/pinyin?word=', undefined, { token: t }, 422, 'parameter_missing'],
    ['GET', '/api/pinyin?word=a&word=b', undefined, { token: t }, 422, 'parameter_doubled'],
    ['GET', '/api/pinyin?word=%ff%fe', undefined, { token: t }, 422, 'parameter_invalid'],
    ['GET', '/api/pinyin?word=a%00b', undefined, { token: t }, 422, 'parameter_invalid'],
    ['GET', '/api/pinyin?word=%zz', undefined, { token: t }, 400, 'request_malformed'],
    ['POST', '/api/ip', Buffer.from('{'), { token: t, 'Content-Type': 'application/json' }, 400, 'request_malformed'],
    ['POST', '/api/ip', Buffer.from('[1]'), { token: t, 'Content-Type': 'application/json' }, 400, 'request_malformed'],
    ['POST', '/api/ip', Buffer.from('{"ip":"8.8.8.8","ip":"8.8.4.4"}'), { token: t, 'Content-Type': 'application/json' }, 422, 'parameter_doubled'],
    ['POST', '/api/ip', Buffer.from(`${'['.repeat(10000)}`), { token: t, 'Content-Type': 'application/json' }, 400, 'json_too_deep'],
    ['POST', '/api/pinyin', Buffer.from(part('word', 'x')), { token: t, 'Content-Type': 'multipart/form-data; boundary=b' }, 400, 'request_malformed'],
    ['POST', '/api/pinyin', Buffer.from('x'), { token: t, 'Content-Type': 'multipart/form-data' }, 400, 'request_malformed'],
    ['POST', '/api/pinyin', Buffer.from(`word=${'a'.repeat(1 << 20)}`), { token: t, ...FORM }, 413, 'body_too_large'],
    ['POST', '/api/pinyin', Buffer.from(`word=${'a'.repeat((1 << 20) - 5)}`), { token: t, ...FORM }, 422, 'parameter_invalid'],
    ['GET', '/api/idiom?word=%E9%BE%98%E9%BE%98%E9%BE%98%E9%BE%98', undefined, { token: t }, 404, 'no_result'],
    ['GET', '/api/domain/dns?domain=localhost.localdomain&dns_type=ZZ', undefined, { token: t }, 422, 'parameter_invalid'],
    ['GET', '/api/domain/checkssl?domain=127.0.0.1.nip', undefined, { token: t }, null, null],
  ]
  for (const [method, target, body, headers, status, error] of table) {
    for (const language of ['zh-CN,zh;q=0.9', 'en-US,en']) {
      const a = await s.request(method, target, { body, headers: { ...headers, 'Accept-Language': language } })
      const where = `${method} ${target.slice(0, 80)}: ${a.raw.subarray(0, 200)}`
      if (status !== null) assert.equal(a.status, status, where)
      if (error !== null) assert.equal(a.json.error, error, where)
      assert.ok(a.status === status || a.status < 500 || a.json.error.startsWith('source_'), where)
      assert.equal(a.json.usage, 0, where)
      assert.equal(a.json.data, null, where)
      assert.match(a.json.hint, language.startsWith('zh') ? /[一-鿿]/ : /^[\x20-\x7e–…，]+$/, where)
    }
  }
})

test('a request line past 8 KiB, 64 KiB of path, and headers without end are named', async () => {
  for (const length of [9000, 65536]) {
    const said = await s.raw(`GET /api/${'a'.repeat(length)} HTTP/1.1\r\nHost: x\r\n\r\n`)
    assert.match(said, /^HTTP\/1\.1 414 .*"error":"uri_too_long"/s, said.slice(0, 300))
  }
  const said = await s.raw(`GET /api/ip HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(9000)}\r\n\r\n`)
  assert.match(said, /^HTTP\/1\.1 4(00|31) .*"error":"headers_too_large"/s, said.slice(0, 300))
  const bad = await s.raw('GET /api/ip\x01 HTTP/1.1\r\nHost: x\r\n\r\n')
  assert.match(bad, /^HTTP\/1\.1 400 .*"error":"request_malformed"/s, bad.slice(0, 300))
})

test('bad input never charges: the quota is untouched by refusals', async () => {
  const token = await plan('careful', '--rate', '0', '--quota-day', '5')
  for (let i = 0; i < 20; i++) assert.equal((await s.call('ip', { ip: 'x' }, token)).status, 422)
  for (let i = 0; i < 20; i++) assert.equal((await s.call('idiom', { word: '龘龘龘龘' }, token)).status, 404)
  for (let i = 0; i < 5; i++) assert.equal((await s.call('ip', { ip: '8.8.8.8' }, token)).status, 200)
  assert.equal((await s.call('ip', { ip: '8.8.8.8' }, token)).status, 429)
})

test('quotas of a day and of a month at n and n + 1, and what is left is told', async () => {
  for (const [name, option] of [['per-day', '--quota-day'], ['per-month', '--quota-month']]) {
    const token = await plan(name, '--rate', '0', option, '3')
    for (let i = 2; i >= 0; i--) {
      const a = await s.call('uuid', {}, token)
      assert.equal(a.status, 200)
      assert.match(a.headers.ratelimit, new RegExp(`;r=${i};`))
    }
    const a = await s.call('uuid', {}, token)
    assert.equal(a.status, 429)
    assert.equal(a.json.error, 'quota_exceeded')
    assert.ok(Number(a.headers['retry-after']) > 0)
    const limits = await s.call('limits', {}, token)
    assert.equal(limits.status, 200)
    assert.equal(limits.json.usage, 0)
    assert.equal(limits.json.data.limits[0].left, 0)
  }
})

test('a quota of 100 gives exactly 100 answers to 32 callers at once', async () => {
  const token = await plan('hundred', '--rate', '0', '--quota-day', '100')
  let answered = 0
  await Promise.all(Array.from({ length: 32 }, async () => {
    for (let i = 0; i < 10; i++) {
      const a = await s.call('uuid', {}, token)
      answered += a.status === 200
    }
  }))
  assert.equal(answered, 100)
})

test('the rate refuses the call after its burst and says when to come back', async () => {
  const token = await plan('slow', '--rate', '2')
  const seen = await Promise.all(Array.from({ length: 12 }, () => s.call('uuid', {}, token)))
  const refused = seen.filter((a) => a.status === 429)
  assert.ok(refused.length >= 8, String(refused.length))
  for (const a of refused) {
    assert.equal(a.json.error, 'rate_exceeded')
    assert.equal(a.headers['retry-after'], '1')
  }
})

test('rules of a token: addresses, APIs, end', async () => {
  const make = (...rules) => s.alapi('token', 'create', '--account', 'demo', ...rules).out.trim()
  const elsewhere = make('--ip', '203.0.113.0/24')
  const here = make('--ip', '127.0.0.0/8')
  const pinyin = make('--api', '/api/pinyin')
  const soon = new Date(Math.ceil(Date.now() / 1000 + 1) * 1000)
  const ended = make('--expires', soon.toISOString().replace('.000', ''))
  assert.notEqual(s.alapi('token', 'create', '--account', 'demo', '--expires', '2020-01-01').code, 0)
  await until(() => Date.now() > soon.getTime(), 'the end of a token')
  assert.equal((await s.call('uuid', {}, elsewhere)).json.error, 'ip_not_allowed')
  assert.equal((await s.call('uuid', {}, here)).status, 200)
  assert.equal((await s.call('uuid', {}, pinyin)).json.error, 'api_not_allowed')
  assert.equal((await s.call('pinyin', { word: '好' }, pinyin)).status, 200)
  assert.equal((await s.call('uuid', {}, ended)).json.error, 'token_expired')
  const listed = await s.get('/openapi.json', { headers: { token: pinyin } })
  assert.deepEqual(Object.keys(listed.json.paths), ['/api/pinyin'])
})

test('the older face: always 200, its own codes and members', async () => {
  const faces = [['/v2/api/pinyin?word=%E5%A5%BD', {}], ['/api/pinyin?word=%E5%A5%BD', { Host: `v2.localhost:${s.port}` }]]
  for (const [target, headers] of faces) {
    const good = await s.get(target, { headers: { ...headers, token: s.token } })
    assert.equal(good.status, 200)
    assert.deepEqual(Object.keys(good.json).slice(0, 5), ['code', 'msg', 'data', 'log_id', 'time'])
    assert.ok(BigInt(good.json.log_id) < 2n ** 63n)
    const codes = [[target, { token: 'wrong' }, 100], [target.split('?')[0], { token: s.token }, 422],
      [target.replace('pinyin', 'nothing'), { token: s.token }, 404]]
    for (const [where, more, code] of codes) {
      const bad = await s.get(where, { headers: { ...headers, ...more } })
      assert.deepEqual([bad.status, bad.json.code], [200, code], where)
    }
  }
})

test('an image is read from an upload, from base64, and junk is refused without harm', async () => {
  const qr = await s.get('/api/qr?content=hello&format=image', { headers: { token: s.token } })
  assert.equal(qr.headers['content-type'], 'image/png')
  assert.ok(qr.headers['x-request-id'])
  const upload = Buffer.concat([Buffer.from('--b\r\nContent-Disposition: form-data; name="image"; filename="q.png"\r\n' +
    'Content-Type: image/png\r\n\r\n'), qr.raw, Buffer.from('\r\n--b--\r\n')])
  const multi = { token: s.token, 'Content-Type': 'multipart/form-data; boundary=b' }
  const up = await s.request('POST', '/api/qr/decode', { body: upload, headers: multi })
  assert.equal(up.status, 200, String(up.raw))
  assert.equal(up.json.data[0].data, 'hello')
  const b64 = await s.call('qr/decode', { image: qr.raw.toString('base64') })
  assert.equal(b64.json.data[0].data, 'hello')
  const junk = await s.call('qr/decode', { image: Buffer.from('not an image').toString('base64') })
  assert.equal(junk.status, 422, String(junk.raw))
})

test('live look-ups refuse private addresses', async () => {
  for (const url of ['http://127.0.0.1/x.png', 'http://10.0.0.1/x.png', 'http://[::1]/x.png', 'file:///etc/passwd']) {
    const a = await s.call('qr/decode', { url })
    assert.equal(a.status, 422, `${url}: ${a.raw}`)
    assert.equal(a.json.usage, 0)
  }
})

test('every inline example of the catalogue answers through the real door', async () => {
  const unlimited = s.alapi('token', 'create', '--account', 'demo', '--plan', 'unlimited').out.trim()
  await new Promise((go) => setTimeout(go, 1000))
  const apis = JSON.parse(s.alapi('api', 'list', '--json').out)
  for (const api of apis)
    for (const example of api.examples.filter((e) => e.exact)) {
      const a = await s.get(`${api.path}?${example.query}`, { headers: { token: unlimited } })
      assert.equal(a.status, 200, `${api.path}?${example.query}: ${a.raw.subarray(0, 200)}`)
    }
})

test('nothing of a caller is in the logs', async () => {
  assert.ok(!s.said.includes('127.0.0.1 -'), s.said)
  for (const file of fs.readdirSync(path.join(s.home, 'state')))
    assert.ok(!file.endsWith('.log'), file)
})
