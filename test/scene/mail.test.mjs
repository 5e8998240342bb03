// mail.test.mjs: mails and short messages on their way out, through a real mail server and stand-ins of the
// providers that check the signatures themselves: and everything that goes wrong out there.
import test from 'node:test'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import path from 'node:path'
import { Server, alapi, until } from '../support/server.mjs'
import { MailServer, SmsProvider, certificate, homeWith } from '../support/carriers.mjs'

const WORDS = 'correct horse battery staple 9'
const SMS_KEY = 'the key of short messages'
const MAIL = { smtp_host: 'localhost', smtp_user: 'operator', mail_from: 'noreply@mail.example', smtp_authorities: 'authority.pem' }
const ALIYUN = { sms_provider: 'aliyun', sms_key_id: 'AccessKeyIdOfTest', sms_sign_name: '测试 签名', sms_template_code: 'SMS_1',
  sms_template_known: 'SMS_2', sms_template_notice: 'SMS_3', sms_authorities: 'authority.pem' }
const SECRETS = { 'smtp.key': 'mail password 7', 'sms.key': SMS_KEY }

const identity = certificate()
let server, mail, sms, people = 0
const opened = []

test.before(async () => {
  mail = await MailServer.start({ identity })
  sms = await SmsProvider.start('aliyun', SMS_KEY, identity)
  server = await Server.start({ demo: false, home: homeWith({ ...MAIL, smtp_port: mail.port, ...ALIYUN, sms_endpoint: sms.url }, SECRETS, identity) })
})
test.after(async () => {
  await server?.stop()
  await mail?.stop()
  await sms?.stop()
  for (const o of opened) await o.stop()
  fs.rmSync(identity.folder, { recursive: true })
})

// Past nginx, each from an address prefix of his own.
function ask(who, method, target, body, at = server) {
  return new Promise((resolve, reject) => {
    const bytes = body && JSON.stringify(body)
    const q = http.request({ socketPath: path.join(at.home, 'state/serve.sock'), method, path: target, agent: false,
      headers: { Host: 'localhost', 'X-Real-IP': `198.51.${who.number}.1`, 'Sec-Fetch-Site': 'same-origin', 'Accept-Language': 'en',
        Cookie: who.cookie ?? '', ...(bytes ? { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(bytes) } : {}) } }, (a) => {
      const parts = []
      a.on('data', (d) => parts.push(d))
      a.on('end', () => {
        const text = Buffer.concat(parts).toString()
        let json = null
        try { json = JSON.parse(text) } catch { /* a page */ }
        for (const set of a.headers['set-cookie'] ?? []) if (/sid=/.test(set)) who.cookie = set.split(';')[0]
        resolve({ status: a.statusCode, json, text })
      })
    })
    q.on('error', reject)
    q.end(bytes)
  })
}

const person = (more = {}) => { people++; return { number: people, name: `writer${people}`, email: `writer${people}@example.com`, ...more } }
const version = async () => (await ask({ number: 0 }, 'GET', '/policy.json')).json.version
async function register(who, at = server) {
  const to = who.phone ? { phone: who.phone } : { email: who.email }
  const a = await ask(who, 'POST', '/account/register', { username: who.name, password: WORDS, consent: await version(), age: 'adult', ...to }, at)
  assert.equal(a.status, 202, a.text)
  return a.json
}
const outbox = (at = server) => fs.readdirSync(path.join(at.home, 'outbox')).filter((f) => !f.startsWith('.'))
// What waits for its next turn has it now.
const hurry = (at = server) => { for (const f of outbox(at)) fs.utimesSync(path.join(at.home, 'outbox', f), 1, 1) }
const arrived = (who) => until(() => mail.mailsTo(who.email)[0], `a mail to ${who.name}: ${server.said}`, 30000)
const told = (what, at = server) => until(() => at.said.includes(what), `the log to say ${what}: ${at.said}`, 30000)

test('[C5][C9] a registration by e-mail, its code through the mail server', async () => {
  const who = person()
  const begun = await register(who)
  assert.equal(begun.notice, undefined)
  const m = await arrived(who)
  assert.equal(m.tls, true)
  assert.equal(mail.commands('MAIL')[0].user, true)
  assert.equal(m.sender, 'noreply@mail.example')
  assert.match(m.fields.from, /<noreply@mail\.example>$/)
  assert.match(m.fields['message-id'], /^<[0-9]+\.[0-9a-f]+@mail\.example>$/)
  assert.match(m.subject, /code/)
  assert.ok(!Object.keys(m.fields).some((f) => f.startsWith('x-alapi')))
  assert.equal((await ask(who, 'POST', '/account/verify', { flow: begun.flow, code: m.code })).status, 201)
  assert.equal((await ask(who, 'POST', '/account/login', { login: who.email, password: WORDS })).status, 200)
  await until(() => outbox().length === 0, 'the outbox to be empty')
  assert.equal(mail.mailsTo(who.email).length, 1)
})

test('[C9] a registration by phone, its code through a provider of short messages', async () => {
  const who = person({ phone: '+86 138-0013-8000' })
  const begun = await register(who)
  const m = await until(() => sms.messages.find((s) => s.to === '13800138000'), `a message: ${server.said} ${JSON.stringify(sms.refused)}`)
  assert.deepEqual(Object.keys(m.parameter), ['code'])
  assert.equal(m.template, 'SMS_1')
  assert.equal(m.sign, '测试 签名')
  assert.equal((await ask(who, 'POST', '/account/verify', { flow: begun.flow, code: m.parameter.code })).status, 201)
  await until(() => outbox().length === 0, 'the outbox to be empty')
  assert.equal(sms.messages.length, 1)
})

test('[fault 3] an address with a line end never reaches the mail server', async () => {
  const before = mail.commands('RCPT').length
  for (const email of ['victim@example.com\r\nBcc: other@example.com', 'victim@example.com\nBcc: other@example.com',
    'victim@example.com>\r\nRCPT TO:<other@example.com', 'victim@example.com%0d%0aBcc: other@example.com']) {
    const a = await ask(person(), 'POST', '/account/register', { username: `liner${people}`, password: WORDS, consent: await version(), age: 'adult', email })
    assert.equal(a.status, 422, a.text)
    assert.equal(a.json.error, 'email_invalid')
  }
  const who = person()
  await register(who) /* whatever was sent before this one has been seen */
  const m = await arrived(who)
  assert.deepEqual(m.to, [who.email])
  assert.equal(m.fields.bcc, undefined)
  assert.equal(mail.commands('RCPT').length, before + 1)
})

test('[fault 37] greylisted it comes again, refused it does not', async () => {
  const grey = person({ email: 'grey1@example.com' }), nobody = person({ email: 'nobody1@example.com' }), spam = person({ email: 'spam1@example.com' })
  await register(grey)
  await register(nobody)
  await register(spam)
  await told('fate=put_off reason=not_now code=451')
  await told('fate=refused reason=recipient_refused code=550')
  await told('fate=refused reason=content_refused code=554')
  await until(() => outbox().length === 1, 'only the greylisted one to wait')
  assert.equal(mail.mailsTo(grey.email).length, 0)
  hurry()
  await arrived(grey)
  await until(() => outbox().length === 0, 'the outbox to be empty')
  assert.equal(mail.commands('RCPT').filter((c) => c.to === nobody.email).length, 1)
  assert.ok(!/grey1|nobody1|spam1|example\.com/.test(server.said), 'the log names nobody')
})

test('[fault 37] down, without STARTTLS, with another certificate: queued, told, and sent once when it is well', async () => {
  const port = mail.port, other = certificate('other.example'), who = person()
  await mail.stop()
  await register(who)
  await told('channel=mail fate=stopped reason=down')
  const second = await register(person())
  assert.equal(second.notice, 'delivery_delayed')
  assert.ok(second.hint)
  assert.equal((await ask(who, 'GET', '/status.json')).json.delivery.mail, 'delayed')
  const plain = await MailServer.start({ identity, port, mode: 'plain' })
  await told('fate=stopped reason=no_starttls')
  await plain.stop()
  assert.deepEqual(plain.said.filter((l) => !l.port), [], 'in clear it heard neither a name nor a password')
  const wrong = await MailServer.start({ identity: other, port })
  await told('fate=stopped reason=certificate')
  await wrong.stop()
  assert.deepEqual(wrong.said.filter((l) => !l.port), [])
  mail = await MailServer.start({ identity, port })
  await arrived(who)
  await until(() => outbox().length === 0, 'the outbox to be empty', 30000)
  assert.equal(mail.mailsTo(who.email).length, 1)
  assert.equal((await register(person())).notice, undefined)
  fs.rmSync(other.folder, { recursive: true })
})

test('[fault 37] an endless banner ends the try, not the service', async () => {
  const port = mail.port, who = person()
  await mail.stop()
  let sent = 0
  const mark = server.said.length
  const endless = net.createServer((s) => {
    const more = () => { while (s.writable && sent < 1 << 30 && s.write(Buffer.alloc(1 << 16, 'x'))) sent += 1 << 16 }
    s.on('drain', more).on('error', () => {})
    s.write('220-')
    more()
  })
  await new Promise((go) => endless.listen(port, '127.0.0.1', go))
  await register(who)
  await until(() => sent > 1 << 16, 'the banner to be read', 30000)
  await until(() => /fate=stopped reason=(broken_off|reply_endless|timeout)/.test(server.said.slice(mark)), `an end: ${server.said}`, 30000)
  assert.equal((await ask(who, 'GET', '/status.json')).status, 200)
  assert.ok(sent < 64 << 20, `${sent} bytes were taken`)
  await new Promise((go) => endless.close(go))
  mail = await MailServer.start({ identity, port })
  await arrived(who)
})

test('[fault 37] an answer that cannot be noted stops the sender: nothing goes twice', async () => {
  const who = person({ email: 'slow1@example.com' }), folder = path.join(server.home, 'outbox'), mode = fs.statSync(folder)
  await register(who)
  await until(() => mail.commands('RCPT').some((c) => c.to === who.email), 'the mail server to hear of it')
  if (process.getuid() === 0) fs.chownSync(folder, 0, 0)
  fs.chmodSync(folder, 0o555)
  await arrived(who)
  await told('event=job_fails job=sender')
  hurry()
  fs.chmodSync(folder, mode.mode)
  if (process.getuid() === 0) fs.chownSync(folder, mode.uid, mode.gid)
  await told('event=job_works_again job=sender')
  await until(() => outbox().length === 0, 'the outbox to be empty')
  assert.equal(mail.mailsTo(who.email).length, 1)
})

test('[fault 37] killed in the middle of a mail, the sender goes on where it was', async () => {
  const who = person({ email: 'slow2@example.com' })
  await register(who)
  await until(() => mail.commands('RCPT').some((c) => c.to === who.email), 'the mail server to hear of it')
  const [pid] = server.pids(' serve ')
  process.kill(pid, 'SIGKILL')
  await until(async () => (await ask(who, 'GET', '/status.json').catch(() => ({}))).status === 200 && server.pids(' serve ')[0] !== pid, 'serve to be back', 30000)
  await arrived(who)
  await until(() => outbox().length === 0, 'the outbox to be empty')
  assert.equal(mail.mailsTo(who.email).length, 1)
})

test('[S5] who leaves takes the mails that wait along', async () => {
  const who = person(), port = mail.port
  const begun = await register(who)
  const { code } = await arrived(who)
  await ask(who, 'POST', '/account/verify', { flow: begun.flow, code })
  await ask(who, 'POST', '/account/login', { login: who.email, password: WORDS })
  await mail.stop()
  const seen = mail.mailsTo(who.email).length
  assert.equal(seen, 1)
  await register(person())
  await until(() => outbox().length > 0, 'a mail to wait')
  const left = outbox().length
  await ask(who, 'PATCH', '/account', { email: 'elsewhere@example.com' })
  await register({ ...person(), email: who.email, name: 'somebodyelse' })
  assert.ok(outbox().length > left, 'something waits for the address')
  const gone = await ask(who, 'DELETE', '/account', { password: WORDS })
  assert.equal(gone.status, 200, gone.text)
  for (const f of outbox()) assert.ok(!fs.readFileSync(path.join(server.home, 'outbox', f), 'utf8').includes(who.email))
  mail = await MailServer.start({ identity, port })
  const last = person()
  await register(last)
  await arrived(last)
  await until(() => !outbox().some((f) => f.endsWith('.eml') && fs.readFileSync(path.join(server.home, 'outbox', f), 'utf8').includes(last.email)), 'the rest')
  assert.equal(mail.mailsTo(who.email).length, 0)
})

test('[C9][fault 37] what the provider of short messages refuses', async () => {
  const problems = { 13900139001: 'isv.MOBILE_NUMBER_ILLEGAL', 13900139002: 'isv.BUSINESS_LIMIT_CONTROL', 13900139003: 'isv.SMS_TEMPLATE_ILLEGAL' }
  sms.problem = (m) => problems[m.to] ?? null
  for (const phone of Object.keys(problems)) await register(person({ phone }))
  await told('channel=sms fate=refused reason=number_invalid')
  await told('channel=sms fate=put_off reason=number_limit')
  await told('channel=sms fate=put_off reason=template_missing')
  await until(() => outbox().filter((f) => f.endsWith('.sms')).length === 2, 'two to wait')
  assert.ok(!/139001390/.test(server.said))
  sms.problem = () => 'SignatureDoesNotMatch'
  const who = person({ phone: '13900139004' })
  await register(who)
  await told('channel=sms fate=stopped reason=signature_wrong')
  assert.equal((await register(person({ phone: '13900139005' }))).notice, 'delivery_delayed')
  sms.problem = () => null
  hurry()
  for (const n of [2, 3, 4, 5]) await until(() => sms.messages.some((m) => m.to === `1390013900${n}`), `a message to …${n}`, 30000)
  await until(() => outbox().length === 0, 'the outbox to be empty', 30000)
})

for (const [provider, more] of [['tencent', { sms_key_id: 'SecretIdOfTest', sms_sign_name: '测试', sms_template_code: '77', sms_app: '1400006666' }], ['webhook', {}]]) {
  test(`[C9] a registration by phone through ${provider}`, async () => {
    const door = await SmsProvider.start(provider, SMS_KEY)
    opened.push(door)
    const at = await Server.start({ demo: false, home: homeWith({ sms_provider: provider, sms_endpoint: door.url, ...more }, { 'sms.key': SMS_KEY }) })
    try {
      const who = person({ phone: '13700137000' })
      const begun = await register(who, at)
      const m = await until(() => door.messages[0], `a message: ${at.said} ${JSON.stringify(door.refused)}`)
      assert.equal(m.to, '+8613700137000')
      const code = provider === 'tencent' ? m.parameter[0] : m.code
      if (provider === 'tencent') assert.deepEqual([m.app, m.template, m.sign, m.parameter.length], ['1400006666', '77', '测试', 1])
      else assert.ok(m.kind === 'code' && m.text.includes(code))
      assert.equal((await ask(who, 'POST', '/account/verify', { flow: begun.flow, code }, at)).status, 201)
      door.problem = () => (provider === 'tencent' ? 'InvalidParameterValue.IncorrectPhoneNumber' : 422)
      await register(person({ phone: '13700137001' }), at)
      await told('fate=refused reason=number_invalid', at)
      await register(person({ email: 'no.way.for.mail@example.com' }), at)
      assert.equal(outbox(at).filter((f) => f.endsWith('.eml')).length, 1, 'without a mail server mails stay files')
      assert.equal(at.alapi('doctor').out.match(/mails go.*/)?.[0], `mails go nowhere, short messages through ${provider}`)
    } finally {
      await at.stop()
    }
  })
}

test('settings that do not fit are told, and nothing starts with them', () => {
  const rows = [
    [{ smtp_host: 'localhost' }, {}, /smtp_host is set without mail_from/],
    [{ ...MAIL, smtp_authorities: '' }, {}, /smtp\.key is missing/],
    [{ ...MAIL, smtp_authorities: 'nowhere.pem' }, SECRETS, /smtp_authorities names nowhere\.pem/],
    [{ sms_provider: 'webhook' }, SECRETS, /webhook without sms_endpoint/],
    [{ sms_provider: 'aliyun' }, SECRETS, /sms_key_id, sms_sign_name and sms_template_code/],
    [{ ...ALIYUN, sms_authorities: '' }, {}, /sms\.key is missing/],
    [{ sms_provider: 'pigeon' }, {}, /none, aliyun, tencent or webhook/],
    [{ sms_endpoint: 'http://sms.example.com' }, {}, /http to this machine/],
  ]
  for (const [settings, secrets, says] of rows) {
    const home = homeWith(settings, secrets)
    const started = alapi('serve', '--home', home)
    assert.equal(started.code, 78, started.err)
    assert.match(started.err, says)
    const doctor = alapi('doctor', '--home', home)
    assert.match(doctor.out, says)
    assert.equal(doctor.code, 1)
    fs.rmSync(home, { recursive: true })
  }
})
