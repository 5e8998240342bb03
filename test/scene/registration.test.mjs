// registration.test.mjs: from a stranger's form to an account, and every way in which that must be refused.
import test from 'node:test'
import assert from 'node:assert/strict'
import crypto from 'node:crypto'
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { Person, Server, until } from '../support/server.mjs'

let server, version, names = 0
test.before(async () => {
  server = await Server.start()
  version = (await server.get('/policy.json')).json.version
})
test.after(() => server.stop())

const WORDS = 'correct horse battery staple 9'

// Past nginx, which would say the client's address itself: so one test can come from a thousand addresses.
function ask(method, target, body, { address = '198.51.100.1', headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body : body && JSON.stringify(body)
    const q = http.request({ socketPath: path.join(server.home, 'state/serve.sock'), method, path: target, agent: false,
      headers: { Host: 'localhost', 'X-Real-IP': address, 'Sec-Fetch-Site': 'same-origin',
        ...(bytes ? { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(bytes) } : {}), ...headers } }, (a) => {
      const parts = []
      a.on('data', (d) => parts.push(d))
      a.on('end', () => {
        const text = Buffer.concat(parts).toString()
        let json = null
        try { json = JSON.parse(text) } catch { /* a page */ }
        resolve({ status: a.statusCode, headers: a.headers, text, json })
      })
    })
    q.on('error', reject)
    q.end(bytes)
  })
}

function form(more = {}) {
  names++
  return { username: `walker${names}`, password: WORDS, email: `walker${names}@example.com`, consent: version, age: 'adult', ...more }
}

let addresses = 0
const register = (more) => ask('POST', '/account/register', form(more), { address: `198.51.${++addresses % 250}.9` })

// How many bytes of the home hold the mark.
function filesWith(mark, folder = server.home) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((e) => {
    const name = path.join(folder, e.name)
    if (e.isDirectory()) return filesWith(mark, name)
    if (!e.isFile() || fs.statSync(name).size > 1 << 26) return []
    return fs.readFileSync(name).includes(mark) ? [name] : []
  })
}

test('[I4] without consent to the version in force nothing is stored', async () => {
  for (const [consent, status, error] of [['', 422, 'consent_required'], [undefined, 422, 'consent_required'],
    ['999', 409, 'policy_version_stale'], ['0', 409, 'policy_version_stale']]) {
    const a = await register({ consent, email: 'zqnoconsent@example.com', username: 'zqnoconsent' })
    assert.deepEqual([a.status, a.json.error], [status, error])
    assert.ok(a.json.hint && a.json.version, 'the answer names the version in force')
  }
  assert.deepEqual(filesWith('zqnoconsent'), [])
  assert.deepEqual(server.mails().filter((m) => m.includes('zqnoconsent')), [])
})

test('[I6] who declines is nowhere: no byte of what was typed is in any file', async () => {
  await register({ consent: '', email: 'zqdecline@example.com', username: 'zqdeclinename' })
  for (const mark of ['zqdecline@', 'zqdeclinename', WORDS]) assert.deepEqual(filesWith(mark), [])
  assert.equal((await ask('GET', '/policy')).status, 200)
})

test('[C4][C8] one contact is enough, and with it everything works', async () => {
  const p = new Person(server, 'onlymail', 'onlymail@example.com')
  assert.equal((await p.register()).status, 201)
  assert.equal((await p.login()).status, 200)
  const token = await p.token({ name: 'only' })
  assert.equal((await server.call('uuid', {}, token)).status, 200)
  const own = await p.ask('GET', '/account')
  assert.deepEqual([own.json.email, own.json.phone], ['onlymail@example.com', null])
  assert.equal((await register({ phone: '13800138000' })).status, 422, 'two contacts at once are not asked for')
  assert.equal((await register({ email: undefined })).json.error, 'field_missing')
})

// Every order of steps against a model of what is allowed: fixed seed, named errors, no step skipped.
test('[C5] the steps of a registration, in any order', async () => {
  let seed = 20261124
  const chance = (n) => { seed = (seed * 1103515245 + 12345) % 2147483648; return Math.floor((seed / 2147483648) * n) }
  for (let round = 0; round < 12; round++) {
    const f = form()
    const model = { flow: null, code: null, wrong: 0, done: false }
    for (let step = 0; step < 7; step++) {
      const deed = ['start', 'right', 'wrong', 'login', 'stranger'][chance(5)]
      if (deed === 'start' && !model.flow) {
        const a = await ask('POST', '/account/register', f, { address: `198.51.${++addresses % 250}.9` })
        assert.equal(a.status, 202, a.text)
        model.flow = a.json.flow
        model.code = await until(() => server.mails().findLast?.((m) => m.includes(f.email))?.match(/(?<!\d)\d{6}(?!\d)/)?.[0], 'the code')
      } else if (deed === 'right' && model.flow) {
        const a = await ask('POST', '/account/verify', { flow: model.flow, code: model.code })
        const wanted = model.done || model.wrong >= 5 ? 410 : 201
        assert.equal(a.status, wanted, a.text)
        model.done ||= a.status === 201
      } else if (deed === 'wrong' && model.flow) {
        const a = await ask('POST', '/account/verify', { flow: model.flow, code: model.code === '000000' ? '000001' : '000000' })
        const spent = model.done || model.wrong >= 5
        assert.deepEqual([a.status, a.json.error], spent ? [410, 'code_expired'] : [400, 'code_wrong'])
        if (!spent) assert.equal(a.json.tries_left, 4 - model.wrong++)
      } else if (deed === 'login') {
        const a = await ask('POST', '/account/login', { login: f.email, password: f.password }, { address: `203.0.${++addresses % 250}.9` })
        assert.equal(a.status, model.done ? 200 : 401, a.text)
      } else if (deed === 'stranger') {
        assert.equal((await ask('POST', '/account/verify', { flow: 'A'.repeat(43), code: '123456' })).status, 410)
      }
    }
  }
})

test('[C9][fault 6] a code: five tries, one winner of many at once, its own flow only', async () => {
  const two = [await register(), await register()]
  const codes = []
  for (const n of [names - 1, names])
    codes.push(await until(() => server.mails().find((m) => m.includes(`walker${n}@`))?.match(/(?<!\d)\d{6}(?!\d)/)?.[0], 'the code'))
  if (codes[0] !== codes[1])
    assert.equal((await ask('POST', '/account/verify', { flow: two[1].json.flow, code: codes[0] })).json.error, 'code_wrong')
  const many = await Promise.all(Array.from({ length: 4 }, () => ask('POST', '/account/verify', { flow: two[0].json.flow, code: codes[0] })))
  assert.deepEqual(many.map((a) => a.status).sort(), [201, 410, 410, 410])
  assert.equal((await ask('POST', '/account/verify', { flow: two[0].json.flow, code: codes[0] })).json.error, 'code_expired')
  const third = await register()
  const wrong = []
  for (let i = 0; i < 7; i++) wrong.push((await ask('POST', '/account/verify', { flow: third.json.flow, code: 'abcdef' })).status)
  assert.deepEqual(wrong, [400, 400, 400, 400, 400, 410, 410])
})

test('[fault 2] an unknown field is named, with those that are known', async () => {
  for (const [method, target] of [['POST', '/account/register'], ['POST', '/account/login'], ['POST', '/account/verify']]) {
    const a = await ask(method, target, { admin: true })
    assert.deepEqual([a.status, a.json.error, a.json.field], [422, 'field_unknown', 'admin'])
    assert.ok(a.json.allowed.length >= 2)
  }
})

test('[fault 3] addresses that are none', async () => {
  const bad = ['"quoted"@example.com', `${'a'.repeat(65)}@example.com`, `a@${'b'.repeat(250)}.com`, 'a@example.com\r\nBcc: b@example.com',
    'a@example.com.', 'a@', '@example.com', 'a b@example.com', 'a@exa mple.com', 'a@@example.com', 'a', '', 'а@example.com\u0000', '.a@example.com', 'a..b@example.com']
  for (const email of bad) {
    const a = await register({ email })
    assert.equal(a.status, 422, `${JSON.stringify(email)}: ${a.text}`)
    assert.match(a.json.error, /^(email_invalid|field_missing|field_invalid)$/)
  }
  assert.ok(!server.mails().some((m) => /^bcc:/im.test(m.split('\r\n\r\n')[0])), 'no header was injected')
  assert.equal((await register({ email: `plus+tag${names}@example.com` })).status, 202)
  assert.equal((await register({ email: `idn${names}@bücher.example` })).status, 202)
})

test('[fault 4] numbers in every dress, and those that are none', async () => {
  for (const phone of ['+8613800138001', '１３８００１３８００２', '138 0013 8003', '+86 138-0013-8004'])
    assert.equal((await register({ email: undefined, phone })).status, 202, phone)
  for (const phone of ['12345', '+14155550123', '1380013800', '138001380011', '+8612345678901', 'abc', '03512345678']) {
    const a = await register({ email: undefined, phone })
    assert.deepEqual([a.status, a.json.error], [422, 'phone_invalid'], phone)
  }
})

test('[fault 5] passwords: which rule, and a huge one costs no hash', async () => {
  for (const password of ['short', 'fourteen chars', 'a'.repeat(40), '123456789012345678', 'passwordpassword', 'Password!!2026!!!', 'iloveyou12345678', 'x'.repeat(1025)]) {
    const a = await register({ password })
    assert.deepEqual([a.status, a.json.error], [422, 'password_weak'], password.slice(0, 40))
    assert.ok(a.json.detail, 'the rule is named')
  }
  assert.equal((await register({ password: 'walks past the seven lamps' })).status, 202)
  const name = names + 1
  assert.equal((await register({ password: `my own walker${name} password` })).json.error, 'password_weak')
  assert.equal((await ask('POST', '/account/register', JSON.stringify(form({ password: 'x'.repeat(10 << 20) })))).status, 413)
})

test('[fault 5] what is typed in either Unicode form is one password', async () => {
  const p = new Person(server, 'unitwin', 'unitwin@example.com', 'caf\u00e9 au lait à midi \u{1F600}')
  assert.equal((await p.register()).status, 201)
  const twin = await ask('POST', '/account/login', { login: p.email, password: p.password.normalize('NFD') }, { address: '192.0.2.77' })
  assert.equal(twin.status, 200)
})

test('[fault 7] a thousand askers cannot bomb one address', async () => {
  const email = 'bombed@example.com'
  const statuses = new Map()
  for (let i = 0; i < 40; i++) {
    const a = await ask('POST', '/account/register', form({ email }), { address: `10.${i}.${i}.1` })
    statuses.set(a.status, (statuses.get(a.status) ?? 0) + 1)
    if (a.status === 429) assert.ok(Number(a.headers['retry-after']) > 0)
  }
  assert.equal(statuses.get(202), 5, 'five an hour for one address, whoever asks')
  assert.equal(statuses.get(429), 35)
  const times = fs.readdirSync(path.join(server.home, 'outbox'))
    .filter((f) => fs.readFileSync(path.join(server.home, 'outbox', f), 'utf8').includes(email)).map((f) => Number(f.split('-')[0])).sort()
  assert.equal(times.length, 5)
  for (let i = 1; i < 5; i++) assert.ok(times[i] - times[i - 1] >= 60000, 'and one a minute')
  const one = []
  for (let i = 0; i < 24; i++) one.push((await ask('POST', '/account/register', form(), { address: '10.200.1.1' })).status)
  assert.deepEqual([one.filter((s) => s === 202).length, one.filter((s) => s === 429).length], [20, 4], 'twenty an hour for one asker')
})

test('[fault 9] a name that is missed again and again: strangers compute or wait, and nothing tells whether it is known', async () => {
  const p = new Person(server, 'missed', 'missed@example.com')
  assert.equal((await p.register()).status, 201)
  assert.equal((await p.login()).status, 200)
  const asked = []
  for (const login of [p.email, 'never.was.here@example.com']) {
    for (let i = 0; i < 33; i++)
      assert.equal((await ask('POST', '/account/login', { login, password: `leaked password no ${i} of many` }, { address: `100.80.${i}.1` })).status, 401)
    asked.push(await ask('POST', '/account/login', { login, password: p.password }, { address: '100.81.1.1' }))
  }
  const shape = ({ status, json: { request_id: _, challenge, ...body } }) => JSON.stringify([status, challenge.length, body])
  assert.equal(shape(asked[0]), shape(asked[1]))
  const { challenge, bits, error } = asked[0].json
  assert.deepEqual([asked[0].status, error], [429, 'work_required'])
  assert.ok(Number(asked[0].headers['retry-after']) > 0)
  const zeros = (text) => Math.clz32(crypto.createHash('sha256').update(text).digest().readUInt32BE(0))
  let work = 0
  while (zeros(`${challenge}:${work}`) < bits) work++
  const worked = { login: p.email, password: p.password, challenge, work: String(work) }
  assert.equal((await ask('POST', '/account/login', worked, { address: '100.82.1.1' })).json.error, 'work_required', 'from elsewhere it is worth nothing')
  assert.equal((await p.login()).status, 200, 'the usual browser is not asked')
  assert.equal((await ask('POST', '/account/login', worked, { address: '100.81.1.1' })).status, 200)
  const script = await server.get('/account/signin/work.js')
  assert.match(script.headers['content-type'], /javascript/)
})

test('[fault 9] guesses from many addresses; the person still gets in from the usual one', async () => {
  const p = new Person(server, 'stuffed', 'stuffed@example.com')
  assert.equal((await p.register()).status, 201)
  for (let i = 0; i < 25; i++) {
    const a = await ask('POST', '/account/login', { login: p.email, password: `leaked password no ${i} of many` }, { address: `100.64.${i}.1` })
    assert.ok(a.status === 401 || a.status === 429, a.text)
  }
  assert.equal((await p.login()).status, 200)
})

test('[fault 13] SQL in every field is text', async () => {
  const inject = ["' OR '1'='1", "'; DROP TABLE account; --", '" OR ""="', "1' UNION SELECT 1,2,3--", "\\'; SELECT pg_sleep(9)--", "$1", "' || (SELECT wrapped FROM keys.subject_key) || '"]
  for (const word of inject) {
    for (const [method, target, body] of [['POST', '/account/login', { login: word, password: word }], ['POST', '/account/verify', { flow: word, code: word }],
      ['POST', '/account/register', form({ username: word })], ['POST', '/account/register', form({ email: word })], ['POST', '/account/register', form({ consent: word })],
      ['POST', '/account/register', form({ age: word })], ['GET', `/policy/${encodeURIComponent(word)}`], ['GET', `/account/usage?by=${encodeURIComponent(word)}`]]) {
      const a = await ask(method, target, body, { address: `198.51.${++addresses % 250}.9`, headers: { Cookie: `sid=${encodeURIComponent(word)}`, 'X-CSRF-Token': word.replace(/[^\x20-\x7e]/g, '') } })
      assert.ok(a.status >= 400 && a.status < 500, `${target} ${word}: ${a.status} ${a.text.slice(0, 200)}`)
      assert.ok(!/sqlite|syntax error|SQL logic/i.test(a.text))
    }
  }
  assert.equal(server.alapi('account', 'list').code, 0)
})

test('[D5][fault 24] below 14: the guardian first, and nobody is their own guardian', async () => {
  const child = { age: 'child', email: 'small.one@example.com', username: 'smallone' }
  assert.equal((await register(child)).json.error, 'guardian_consent_required')
  assert.deepEqual(filesWith('small.one'), [], 'nothing is stored')
  const same = await register({ ...child, guardian_email: 'Small.One@example.com' })
  assert.deepEqual([same.status, same.json.error], [422, 'guardian_contact_same'])
  const begun = await register({ ...child, guardian_email: 'parent.of@example.com' })
  assert.equal(begun.status, 202)
  assert.ok(!server.mails().some((m) => m.includes('small.one')), 'the child gets no code before')
  const mail = await until(() => server.mails().find((m) => m.includes('parent.of')), 'the mail to the guardian')
  assert.match(mail, /\/policy/)
  const code = mail.match(/(?<!\d)\d{6}(?!\d)/)[0]
  const agreed = await ask('POST', '/account/verify', { flow: begun.json.flow, code })
  assert.equal(agreed.status, 202, agreed.text)
  const again = await ask('POST', '/account/verify', { flow: begun.json.flow, code })
  assert.equal(again.status, 410, 'a guardian\'s code is used once')
  const own = await until(() => server.mails().find((m) => m.includes('small.one'))?.match(/(?<!\d)\d{6}(?!\d)/)?.[0], 'the child\'s code')
  assert.equal((await ask('POST', '/account/verify', { flow: agreed.json.flow, code: own })).status, 201)
  assert.deepEqual(filesWith('parent.of@').filter((f) => !f.includes('outbox')), [], 'the guardian is kept sealed')
})
