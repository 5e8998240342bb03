// login.test.mjs: in and out of a whole installation: passwords, codes, passkeys, devices, resets; and what must not
// get in. What needs another clock stands in src/domain/login_test.c and src/site/session_routes_test.c.
import test, { after, before } from 'node:test'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { Person, Server, until } from '../support/server.mjs'
import { Authenticator, totp } from '../support/authenticator.mjs'

let s, count = 0
before(async () => { s = await Server.start() })
after(() => s.stop())

const PASSWORD = 'correct horse battery staple 9'
const step = () => Math.floor(Date.now() / 30000)

async function somebody(name = `login_person_${++count}`) {
  const p = new Person(s, name, `${name}@example.com`)
  const made = await p.register()
  assert.equal(made.status, 201, String(made.raw))
  const a = await p.login()
  assert.equal(a.status, 200, String(a.raw))
  return p
}

// The same person at another browser.
function elsewhere(p) {
  return new Person(s, p.name, p.email, p.password)
}

const mailsTo = (p, words) => s.mails().filter((m) => m.includes(`To: ${p.email}\r\n`) && m.includes(words))

// A code that was not used yet: the next step's, where this one's was.
async function code(p, seed) {
  const at = step() > (p.lastStep ?? 0) ? step() : p.lastStep + 1
  await until(() => step() >= at - 1, 'the next code', 40000)
  p.lastStep = at
  return totp(seed, at - step())
}

async function twoFactors(p) {
  const begun = await p.ask('POST', '/account/factors/totp')
  assert.equal(begun.status, 201, String(begun.raw))
  const { seed, uri } = begun.json
  assert.match(uri, /^otpauth:\/\/totp\/.*secret=[A-Z2-7]{32}/)
  const a = await p.ask('POST', '/account/factors/totp/confirm', { code: await code(p, seed) })
  assert.equal(a.status, 200, String(a.raw))
  assert.equal(a.json.factors, 2)
  return seed
}

const origin = () => `http://127.0.0.1:${s.port}`

async function addPasskey(p, key, name) {
  const { json } = await p.ask('POST', '/account/factors/passkeys/challenge')
  return p.ask('POST', '/account/factors/passkeys', { flow: json.flow, name, passkey: key.create(json.publicKey) })
}

test('[C8][fault 8] a known and an unknown name get the same answer, to the letter', async () => {
  const known = await somebody(), stranger = new Person(s, 'nobody', 'nobody.at.all.here@example.com')
  const shape = (a) => {
    const { request_id: id, flow, ...body } = a.json
    assert.ok(a.status === 202 || id.length > 10)
    return JSON.stringify([a.status, Object.keys(a.headers), a.headers['content-length'], { ...body, expires: 0 },
      flow?.length, a.headers['set-cookie']])
  }
  const tries = [
    ['/account/login', (who) => ({ login: who, password: 'wrong wrong wrong' })],
    ['/account/login', (who) => ({ login: who, password: 'x' })],
    ['/account/reset', (who) => ({ login: who })],
  ]
  for (const [target, body] of tries) {
    const there = await elsewhere(known).ask('POST', target, body(known.email))
    const not = await elsewhere(stranger).ask('POST', target, body(stranger.email))
    assert.equal(shape(there), shape(not), target)
  }
  const { json } = await stranger.ask('POST', '/account/reset', { login: 'somebody.else@example.com' })
  for (let left = 4; left >= 0; left--) {
    const a = await stranger.ask('POST', '/account/reset/finish', { flow: json.flow, code: '123456', password: PASSWORD })
    assert.equal(a.json.error, 'code_wrong')
    assert.equal(a.json.tries_left, left)
  }
})

test('[fault 5] a password of any length is answered: 10 MB before any hash, and both spellings of one text fit', async () => {
  const p = new Person(s, 'login_twins', 'login_twins@example.com', 'b\u00e9ton arm\u00e9 et fleurs d\u2019\u00e9t\u00e9')
  assert.equal((await p.register()).status, 201)
  p.password = p.password.normalize('NFD')
  assert.equal((await p.login()).status, 200)
  for (const size of [10 << 20, 70000])
    assert.equal((await p.ask('POST', '/account/login', { login: p.email, password: 'x'.repeat(size) })).status, 413)
  assert.equal((await p.ask('POST', '/account/login', { login: p.email, password: 'x'.repeat(60000) })).status, 401)
})

test('[fault 10] a session that ended is ended: fixed, stolen, logged out, of a changed password, of an erased account', async () => {
  const p = await somebody()
  const ended = async (cookie, why) => {
    const a = await s.get('/account', { headers: { Cookie: cookie } })
    assert.equal(a.status, 401, why)
    assert.equal(a.json.error, 'session_ended', why)
    assert.match(a.headers['set-cookie'].join(), /sid=;.*Max-Age=0/, why)
    assert.match(a.headers['clear-site-data'], /"storage"/, why)
  }
  const planted = 'A'.repeat(43)
  p.jar.set('sid', planted)
  p.cookie = `sid=${planted}`
  await p.login()
  assert.notEqual(p.jar.get('sid'), planted)
  await ended(`sid=${planted}`, 'fixed before the log-in')
  const first = `sid=${p.jar.get('sid')}`
  await p.login()
  await ended(first, 'replaced by the next log-in')
  const other = elsewhere(p)
  await other.login()
  const stolen = other.cookie
  const fresh = 'another horse, another battery 7'
  const before = `sid=${p.jar.get('sid')}`
  assert.equal((await p.ask('PATCH', '/account', { password: fresh, current_password: p.password })).status, 200)
  p.password = fresh
  await ended(stolen, 'of another device, after the password changed')
  await ended(before, 'of this device: it has another cookie now')
  assert.equal((await p.ask('GET', '/account')).status, 200)
  assert.equal(mailsTo(p, '密码已修改').length, 1)
  const mine = p.cookie
  const out = await p.ask('POST', '/account/logout')
  assert.equal(out.status, 204)
  assert.match(out.headers['clear-site-data'], /"cache", "storage"/)
  await ended(mine, 'after the log-out')
  await p.login()
  const last = p.cookie
  assert.equal((await p.ask('DELETE', '/account', { password: fresh })).status, 200)
  await ended(last, 'after the account was erased')
})

test('[fault 11] no step of a log-in is taken for another site', async () => {
  const p = await somebody()
  const csrf = (await p.ask('GET', '/account')).json.csrf
  const targets = [['POST', '/account/login'], ['POST', '/account/login/second'], ['POST', '/account/login/passkey'],
    ['POST', '/account/login/passkey/challenge'], ['POST', '/account/logout'], ['DELETE', '/account/sessions'],
    ['DELETE', '/account/sessions/0000000001'], ['POST', '/account/fresh'], ['POST', '/account/fresh/challenge'],
    ['POST', '/account/reset'], ['POST', '/account/reset/finish'], ['POST', '/account/factors/totp'],
    ['POST', '/account/factors/totp/confirm'], ['DELETE', '/account/factors/totp'], ['POST', '/account/factors/recovery'],
    ['POST', '/account/factors/passkeys'], ['DELETE', '/account/factors/passkeys/0000000001'],
    ['POST', '/account/signin'], ['POST', '/account/signin/second'], ['POST', '/account/forgotten'],
    ['POST', '/account/forgotten/finish'], ['POST', '/account/security']]
  const proofs = [{}, { Origin: 'null' }, { Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' }, { 'Sec-Fetch-Site': 'cross-site', Origin: origin() },
    { 'X-CSRF-Token': csrf.split('').reverse().join('') }]
  for (const [method, target] of targets) {
    for (const headers of proofs) {
      const a = await s.request(method, target, { body: { login: 'x' }, headers: { Cookie: p.cookie, ...headers } })
      assert.equal(a.status, 403, `${target} ${JSON.stringify(headers)} ${a.raw}`)
      assert.equal(a.json.error, 'cross_site_blocked')
    }
  }
  for (const target of ['/account/login', '/account/login/second', '/account/reset', '/account/fresh', '/account/signin']) {
    const plain = await s.request('POST', target, { body: '{"login":"x"}', headers: { Cookie: p.cookie, 'Content-Type': 'text/plain',
      'Sec-Fetch-Site': 'same-origin' } })
    assert.equal(plain.json.error, 'cross_site_blocked', target)
  }
  for (const target of ['/account/logout', '/account/sessions/0000000001', '/account/reset'])
    assert.equal((await s.get(target, { headers: { Cookie: p.cookie } })).status, 405, 'a GET changes nothing')
  assert.equal((await p.ask('GET', '/account')).status, 200, 'nothing of it logged the person out')
})

test('[fault 46] a flood of log-ins is refused at once, and everybody else is served', async () => {
  const token = s.alapi('token', 'create', '--account', 'demo', '--plan', 'unlimited').out.trim()
  await until(async () => (await s.call('limits', {}, token)).status === 200, 'the token')
  const order = []
  const flood = Array.from({ length: 120 }, async (_, i) => {
    const a = await s.request('POST', '/account/login', { body: { login: `flood_${i}`, password: 'wrong wrong wrong' },
      headers: { 'Sec-Fetch-Site': 'same-origin' }, timeout: 60000 })
    order.push(a.status)
    return a
  })
  const others = Array.from({ length: 40 }, () => s.call('uuid', {}, token))
  const pages = Array.from({ length: 20 }, () => s.get('/status.json'))
  for (const a of await Promise.all(others)) assert.equal(a.status, 200)
  for (const a of await Promise.all(pages)) assert.equal(a.status, 200)
  const answers = await Promise.all(flood), refused = answers.filter((a) => a.status === 503)
  assert.deepEqual([...new Set(answers.map((a) => a.status))].sort(), [401, 503])
  assert.ok(refused.length > 40, `only ${refused.length} were refused`)
  for (const a of refused) {
    assert.equal(a.json.error, 'busy')
    assert.ok(Number(a.headers['retry-after']) >= 1)
  }
  // A refusal waits for no hash: when the first log-in that was taken is answered, refusals went before it.
  assert.ok(order.indexOf(503) < order.indexOf(401), order.join(' '))
  const p = await somebody()
  assert.equal((await p.ask('GET', '/account')).status, 200, 'and afterwards all is as before')
})

test('[fault 47] a second factor: the seed once, a code once, recovery codes once', async () => {
  const p = await somebody()
  const seed = await twoFactors(p)
  assert.equal(mailsTo(p, '已添加验证器').length, 1)
  const again = await p.ask('POST', '/account/factors/totp')
  assert.deepEqual([again.status, again.json.error], [409, 'shown_once'])
  const everything = [await p.ask('GET', '/account/factors'), await p.ask('GET', '/account/export'), await p.ask('GET', '/account/security')]
  for (const a of everything) assert.ok(a.status === 200 && !String(a.raw).includes(seed), 'the seed is never shown again')
  const q = elsewhere(p)
  const asked = await q.login()
  assert.equal(asked.status, 401)
  assert.equal(asked.json.error, 'second_factor_required')
  assert.deepEqual(asked.json.methods, ['code'])
  assert.equal(asked.headers['set-cookie'], undefined)
  for (const wrong of ['000000', totp(seed, -2), totp(seed, 2), 'abcdef'])
    assert.equal((await q.ask('POST', '/account/login/second', { flow: asked.json.flow, code: wrong })).json.error, 'code_wrong', wrong)
  const last = await code(p, seed)
  const late = await q.ask('POST', '/account/login/second', { flow: asked.json.flow, code: last })
  assert.equal(late.status, 429, 'after that many wrong ones it has to wait')
  await until(async () => {
    const flow = (await q.login()).json.flow
    const a = await q.ask('POST', '/account/login/second', { flow, code: last })
    return a.status === 200
  }, 'the wait to end', 10000)
  const flow = (await elsewhere(p).login()).json.flow
  const replay = await elsewhere(p).ask('POST', '/account/login/second', { flow, code: last })
  assert.deepEqual([replay.status, replay.json.error], [400, 'code_used'])
  const { codes } = (await p.ask('POST', '/account/factors/recovery')).json
  assert.equal(new Set(codes).size, 10)
  const r = elsewhere(p)
  const second = (await r.login()).json
  assert.deepEqual(second.methods, ['code', 'recovery'])
  assert.equal((await r.ask('POST', '/account/login/second', { flow: second.flow, recovery: codes[0].toUpperCase() })).status, 200)
  const once = (await elsewhere(p).login()).json.flow
  assert.equal((await r.ask('POST', '/account/login/second', { flow: once, recovery: codes[0] })).json.error, 'code_wrong')
  assert.equal(mailsTo(p, '使用了一个恢复码').length, 1)
})

test('[fault 48] a passkey: added, two factors by itself, and every wrong answer named', async () => {
  const p = await somebody(), key = new Authenticator(origin()), other = new Authenticator(origin())
  const made = await addPasskey(p, key, 'zqmark 钥匙')
  assert.equal(made.status, 201, String(made.raw))
  assert.equal(made.json.factors, 2)
  assert.equal(made.json.passkeys[0].name, 'zqmark 钥匙')
  assert.equal((await addPasskey(p, key, 'again')).json.error, 'passkey_known')
  const stranger = await somebody()
  assert.equal((await addPasskey(stranger, other, 'theirs')).status, 201)
  assert.equal((await addPasskey(stranger, key, 'stolen')).json.error, 'passkey_known')
  const id = made.json.passkeys[0].id
  assert.equal((await stranger.ask('DELETE', `/account/factors/passkeys/${id}`, {})).status, 404)

  const challenge = async (q) => (await q.ask('POST', '/account/login/passkey/challenge')).json
  const enter = async (make) => {
    const q = elsewhere(p), c = await challenge(q)
    return q.ask('POST', '/account/login/passkey', { flow: c.flow, passkey: make(c.publicKey.challenge, c) })
  }
  const good = await enter((c) => key.get(c))
  assert.equal(good.status, 200, String(good.raw))
  const rows = [
    ['origin', (c) => key.get(c, { origin: 'https://evil.example' })],
    ['origin', (c) => key.get(c, { crossOrigin: true })],
    ['challenge', () => key.get('A'.repeat(43))],
    ['type', (c) => key.get(c, { type: 'webauthn.create' })],
    ['user_verification', (c) => { key.flags = 1; const a = key.get(c); key.flags = 5; return a }],
    ['relying_party', (c) => { key.host = 'evil.example'; const a = key.get(c); key.host = other.host; return a }],
    ['counter', (c) => { const now = key.counter; key.counter = 0; const a = key.get(c); key.counter = now; return a }],
    ['signature', (c) => ({ ...other.get(c), id: key.id.toString('base64url') })],
    ['unknown', (c) => ({ ...key.get(c), id: Buffer.alloc(32, 7).toString('base64url') })],
    ['client_data', (c) => { const a = key.get(c); a.response.clientDataJSON = Buffer.from('\xa1junk').toString('base64url'); return a }],
    ['format', (c) => { const a = key.get(c); a.response.authenticatorData += 'AAAA'; return a }],
  ]
  for (const [reason, make] of rows) {
    const a = await enter(make)
    assert.deepEqual([a.status, a.json.error, a.json.detail.split(':')[0]], [400, 'passkey_invalid', reason])
  }
  const junk = await enter(() => ({ id: '!', response: 5 }))
  assert.equal(junk.status, 422)
  const q = elsewhere(p), c = await challenge(q), answer = key.get(c.publicKey.challenge)
  const both = await Promise.all([0, 1, 2].map(() => q.ask('POST', '/account/login/passkey', { flow: c.flow, passkey: answer })))
  assert.equal(both.filter((a) => a.status === 200).length, 1, 'a challenge is good once')

  // As the second step, another's passkey is none.
  const asked = (await elsewhere(p).login()).json
  assert.deepEqual(asked.methods, ['passkey'])
  const theirs = await q.ask('POST', '/account/login/second', { flow: asked.flow, passkey: other.get(asked.challenge) })
  assert.deepEqual([theirs.status, theirs.json.error], [400, 'passkey_invalid'])
  const mine = await q.ask('POST', '/account/login/second', { flow: asked.flow, passkey: key.get(asked.challenge) })
  assert.equal(mine.status, 200, String(mine.raw))
  // The last second factor goes with a long password only.
  assert.equal((await p.ask('DELETE', `/account/factors/passkeys/${id}`, {})).json.error, 'last_factor')
  assert.equal((await p.ask('DELETE', `/account/factors/passkeys/${id}`, { password: p.password })).status, 204)
  assert.equal((await enter((ch) => key.get(ch))).json.error, 'passkey_invalid')
})

test('an attacker at the same address slows down nobody whose browser is known, nor a passkey', async () => {
  const p = await somebody(), key = new Authenticator(origin())
  assert.equal((await addPasskey(p, key, 'key')).status, 201)
  assert.equal((await p.ask('POST', '/account/logout')).status, 204)
  let last
  for (let i = 0; i < 8; i++) last = await elsewhere(p).ask('POST', '/account/login', { login: p.email, password: 'wrong wrong wrong' })
  assert.equal(last.status, 429)
  assert.ok(Number(last.headers['retry-after']) >= 1)
  assert.equal((await elsewhere(p).login()).status, 429)
  assert.equal((await p.login()).json.error, 'second_factor_required', 'the known browser is heard')
  const c = (await p.ask('POST', '/account/login/passkey/challenge')).json
  assert.equal((await elsewhere(p).ask('POST', '/account/login/passkey', { flow: c.flow, passkey: key.get(c.publicKey.challenge) })).status, 200)
})

test('devices: listed with their browsers, ended one by one or all, told when new', async () => {
  const p = await somebody(), q = elsewhere(p)
  assert.equal(mailsTo(p, '新设备').length, 0, 'the first is not told')
  const agent = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/604.1 <b>'
  const a = await s.request('POST', '/account/login', { body: { login: p.email, password: p.password, remember: true },
    headers: { 'Sec-Fetch-Site': 'same-origin', 'User-Agent': agent } })
  assert.equal(a.status, 200)
  for (const set of a.headers['set-cookie']) {
    q.keep(set)
    assert.match(set, /HttpOnly; SameSite=Lax/)
  }
  assert.match(a.headers['set-cookie'].at(-1), /^sid=.*Max-Age=2592000/)
  assert.equal(mailsTo(p, 'Safari · iOS').length, 1)
  const { sessions } = (await p.ask('GET', '/account/sessions')).json
  assert.equal(sessions.length, 2)
  const there = sessions.find((x) => !x.current)
  assert.equal(there.label, 'Safari · iOS')
  assert.equal(there.remembered, true)
  assert.equal(there.network, '127.0.0.0')
  const stranger = await somebody()
  assert.equal((await stranger.ask('DELETE', `/account/sessions/${there.id}`)).status, 404)
  assert.equal((await q.ask('GET', '/account')).status, 200)
  assert.equal((await p.ask('DELETE', `/account/sessions/${there.id}`)).status, 204)
  assert.equal((await q.ask('GET', '/account')).json.error, 'session_ended')
  assert.equal((await p.ask('DELETE', `/account/sessions/${there.id}`)).status, 404)
  await q.login()
  assert.equal((await p.ask('DELETE', '/account/sessions')).status, 204)
  assert.equal((await q.ask('GET', '/account')).json.error, 'session_ended')
  assert.equal((await p.ask('GET', '/account/sessions')).json.sessions.length, 1)
  const raw = fs.readFileSync(path.join(s.home, 'state/main.db')).toString('latin1')
  assert.ok(!raw.includes('Safari'), 'the browser is kept sealed')
})

test('a forgotten password: a code to the person, once, and not round the second factor', async () => {
  const p = await somebody(), q = elsewhere(p)
  const key = new Authenticator(origin())
  assert.equal((await addPasskey(p, key, 'key')).status, 201)
  const begun = await q.ask('POST', '/account/reset', { login: p.name })
  assert.equal(begun.status, 202)
  await until(() => mailsTo(p, '重设密码验证码').length, 'the message')
  const sent = mailsTo(p, '重设密码验证码')[0].match(/(?<!\d)\d{6}(?!\d)/)[0]
  const body = { flow: begun.json.flow, code: sent, password: 'entirely other words 12' }
  const asked = await q.ask('POST', '/account/reset/finish', body)
  assert.deepEqual([asked.status, asked.json.error, asked.json.methods], [401, 'second_factor_required', ['passkey']])
  assert.equal((await p.ask('GET', '/account')).status, 200, 'nothing changed yet')
  const done = await q.ask('POST', '/account/reset/finish', { ...body, passkey: key.get(asked.json.challenge) })
  assert.equal(done.status, 204, String(done.raw))
  assert.equal((await q.ask('POST', '/account/reset/finish', body)).json.error, 'code_expired')
  assert.equal((await p.ask('GET', '/account')).json.error, 'session_ended')
  assert.equal((await p.login()).json.error, 'login_failed')
  p.password = body.password
  assert.equal((await p.login()).json.error, 'second_factor_required')
  assert.equal(mailsTo(p, '密码已通过验证码重设').length, 1)
})

test('pages of the log-in work without JavaScript', async () => {
  const p = await somebody()
  const form = (target, fields, cookie = '') => s.request('POST', target, { body: new URLSearchParams(fields).toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html', Origin: origin(), Cookie: cookie, 'Accept-Language': 'en' } })
  const page = await s.get('/account/signin', { headers: { 'Accept-Language': 'en' } })
  assert.equal(page.status, 200)
  assert.equal(page.headers['cache-control'], 'no-store')
  assert.ok(!/<script(?! src="\/account\/passkey\.js")/.test(String(page.raw)), 'nothing but the passkey\'s own file')
  const wrong = await form('/account/signin', { login: '<script>alert(1)</script>', password: 'wrong wrong wrong' })
  assert.equal(wrong.status, 401)
  assert.ok(!/<script(?! src="\/account\/passkey\.js")/.test(String(wrong.raw)))
  const inside = await form('/account/signin', { login: p.email, password: p.password })
  assert.deepEqual([inside.status, inside.headers.location], [303, '/account'])
  const cookie = inside.headers['set-cookie'].map((c) => c.split(';')[0]).join('; ')
  const security = await s.get('/account/security', { headers: { Cookie: cookie, 'Accept-Language': 'en' } })
  assert.equal(security.status, 200)
  assert.ok(String(security.raw).includes('no second factor yet'))
  const anonymous = await s.get('/account/security', { headers: { Accept: 'text/html' } })
  assert.deepEqual([anonymous.status, anonymous.headers.location], [303, '/account/signin'])
})

test('[S5] with the account its factors, devices and challenges go', async () => {
  const p = await somebody('zqfactor_person'), key = new Authenticator(origin())
  assert.equal((await addPasskey(p, key, 'zqfactor passkey')).status, 201)
  const seed = await twoFactors(p)
  await p.ask('POST', '/account/factors/recovery')
  await elsewhere(p).login()
  assert.equal((await p.ask('DELETE', '/account', { password: p.password })).status, 200)
  const holds = (mark) => fs.readdirSync(s.home, { recursive: true, withFileTypes: true }).filter((f) => f.isFile())
    .map((f) => path.join(f.parentPath ?? f.path, f.name)).filter((f) => fs.statSync(f).size < 1 << 26 && fs.readFileSync(f).includes(mark))
  for (const mark of ['zqfactor', seed, key.id]) await until(() => holds(mark).length === 0, `no byte of ${mark}`, 5000)
  assert.equal((await p.login()).json.error, 'login_failed')
})
