// feedback.test.mjs: questions and requests from outside: by form, by mail, with an account and without; and the
// staff that answers them.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { after, before, test } from 'node:test'
import { ALAPI, Person, Server, freePort, until } from '../support/server.mjs'
import { large, oddMails, ordinary } from '../support/odd_mails.mjs'

const support = fileURLToPath(new URL('../support', import.meta.url))
const page = { Accept: 'text/html' }
const DAY = 86400000
let s, lili, wang, zhao // support, support, the privacy officer

before(async () => {
  s = await Server.start()
  fs.writeFileSync(path.join(s.home, 'alapi.conf'), 'operator_contact = privacy@example.org\noperator_court = 某某市人民法院\n')
  await s.stop({ keep: true })
  s = await Server.start({ home: s.home })
  lili = await enter('lili', 'support')
  wang = await enter('wang', 'support')
  zhao = await enter('zhao', 'privacy')
})
after(() => s.stop())

// The records, changed behind the program's back: only for what no request can bring about in time.
function records(sql) {
  const r = spawnSync('python3', ['-c', 'import sqlite3,sys; c=sqlite3.connect(sys.argv[1],timeout=10); c.execute(sys.argv[2]); c.commit()', path.join(s.home, 'state/main.db'), sql], { encoding: 'utf8' })
  assert.equal(r.status, 0, r.stderr)
}

async function enter(name, role) {
  const p = new Person(s, name, `${name}@example.com`)
  assert.equal((await p.register()).status, 201)
  assert.equal((await p.login()).status, 200)
  if (role) {
    await p.twoFactors()
    const invited = s.alapi('staff', 'invite', name, '--role', role)
    assert.equal((await p.ask('POST', '/admin/join', { token: invited.out.trim() })).status, 200, invited.err)
  }
  return p
}

const origin = () => ({ Origin: `http://127.0.0.1:${s.port}` })
const say = (body, headers = {}, target = '/feedback') => s.request('POST', target, { body, headers: { ...origin(), ...headers } })
const form = (target, fields, headers = {}) => s.request('POST', target, { body: new URLSearchParams(fields).toString(),
  headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...origin(), ...page, ...headers } })
const look = (number, key) => s.get(`/feedback/${number}`, { headers: key ? { 'X-Feedback-Key': key } : {} })
const mailsTo = (address) => s.mails().filter((m) => m.includes(`To: ${address}\r\n`))
const step = (who, number, what, body = {}) => who.ask('POST', `/admin/tickets/${number}/${what}`, body)
// Asked again where the connection went to sleep meanwhile.
const nothingElse = async () => (await until(() => s.get('/feedback/clocks').catch(() => null), 'the public figures')).json.open

test('[I5][F3][F6] a request is answered at once with its number and its clocks, and confirmed by mail', async () => {
  const sent = Date.now(), a = await say({ kind: 'question', text: 'How long do you keep my calls?', contact: 'asker@example.com' })
  assert.equal(a.status, 201, a.raw.toString())
  assert.match(a.json.number, /^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/)
  const due = Date.parse(a.json.due), inner = Date.parse(a.json.inner_due)
  assert.ok(Math.abs(due - sent - 30 * DAY) < 60000, 'thirty days')
  assert.ok(inner >= sent + 19 * DAY && inner <= sent + 32 * DAY, 'fifteen days of work')
  const [mail] = mailsTo('asker@example.com')
  assert.ok(mail.includes(a.json.number) && !mail.includes('keep my calls'))
  const mine = await look(a.json.number, a.json.key)
  assert.equal(mine.status, 200)
  assert.equal(mine.json.messages[0].text, 'How long do you keep my calls?')
  assert.ok(mine.json.remaining_s > 29 * 86400 && mine.json.overdue === false)
  assert.equal(mine.headers['cache-control'], 'no-store')
  const code = mail.match(/(?<!\d)\d{6}(?!\d)/)[0]
  assert.equal((await say({ flow: a.json.flow, code: code === '000000' ? '000001' : '000000' }, {}, '/feedback/verify')).json.error, 'code_wrong')
  assert.equal((await say({ flow: a.json.flow, code }, {}, '/feedback/verify')).status, 204)
  assert.equal((await look(a.json.number, a.json.key)).json.contact_proved, true)
})

test('[F1] the form works without JavaScript and without logging in', async () => {
  for (const language of ['zh', 'en']) {
    const html = (await s.get('/feedback', { headers: { ...page, 'Accept-Language': language } })).raw.toString()
    assert.match(html, /<form method="post" action="\/feedback">/)
    assert.match(html, /<textarea id="text" name="text"/)
    assert.doesNotMatch(html, /<script/)
    const a = await form('/feedback', { kind: 'complaint', text: `by form in ${language}`, contact: '' }, { 'Accept-Language': language })
    assert.equal(a.status, 201)
    const number = a.raw.toString().match(/<code>([2-9A-Z-]{14})<\/code>/)[1], key = a.raw.toString().match(/name="key" value="([^"]{22})"/)[1]
    const shown = await form(`/feedback/${number}`, { key }, { 'Accept-Language': language })
    assert.equal(shown.status, 200)
    assert.ok(shown.raw.toString().includes(`by form in ${language}`))
    assert.match(shown.raw.toString(), language === 'zh' ? /还剩/ : /Left/)
    const refused = await form('/feedback', { kind: 'question', text: '' }, { 'Accept-Language': language })
    assert.equal(refused.status, 422)
    assert.match(refused.headers['content-type'], /^text\/html/)
    assert.match(refused.raw.toString(), /field_missing/)
  }
})

test('[F3][fault 20] the clock is everybody\'s with the number; all else is the owner\'s alone', async () => {
  const { json: t } = await say({ text: 'whose is this', kind: 'access' })
  const clock = await look(t.number)
  assert.equal(clock.status, 200)
  assert.deepEqual(Object.keys(clock.json).sort(), ['closed', 'due', 'elapsed_s', 'inner_due', 'number', 'opened', 'overdue', 'remaining_s', 'round', 'state', 'taken'])
  assert.equal((await look(t.number, 'A'.repeat(22))).status, 404)
  assert.equal((await look(t.number.toLowerCase(), t.key)).status, 200)
  const anna = await enter('anna'), ben = await enter('ben')
  const mine = await anna.ask('POST', '/feedback', { kind: 'access', text: 'mine' })
  assert.equal(mine.json.key, undefined)
  assert.equal((await anna.ask('GET', `/feedback/${mine.json.number}`)).json.messages[0].text, 'mine')
  for (const other of [ben, lili]) {
    const a = await other.ask('GET', `/feedback/${mine.json.number}`)
    assert.equal(a.status, 404)
    assert.equal(a.json.error, 'not_found')
    assert.equal((await other.ask('POST', `/feedback/${mine.json.number}/messages`, { text: 'x' })).status, 404)
    assert.equal((await other.ask('POST', `/feedback/${mine.json.number}/appeal`, { text: 'x' })).status, 404)
  }
  assert.equal((await look(mine.json.number)).status, 404, 'not even its clock')
  assert.equal((await ben.ask('GET', '/admin/tickets')).status, 404, 'the staff\'s desk is not there for others')
  const everything = (await anna.ask('GET', '/account/export')).json
  assert.equal(everything.feedback[0].messages[0].text, 'mine')
  assert.equal((await anna.ask('GET', '/account/feedback')).json.feedback.length, 1)
})

test('[D3] numbers of cards are refused before anything is stored, and taken with a consent of their own', async () => {
  const before = await nothingElse(), mark = '11010519491231002X'
  const no = await say({ text: `please correct my number ${mark}` }, { 'Accept-Language': 'en' })
  assert.equal(no.status, 422)
  assert.equal(no.json.error, 'sensitive_text')
  assert.equal(no.json.field, 'text')
  assert.match(no.json.detail, /from character 26 on there is an identity card number/)
  assert.ok(!JSON.stringify(no.json).includes(mark))
  assert.equal((await form('/feedback', { text: `卡号 4111 1111 1111 1111` })).status, 422)
  assert.equal(await nothingElse(), before)
  const yes = await say({ text: `please correct my number ${mark}`, sensitive_ok: true })
  assert.equal(yes.status, 201)
  for (const f of ['main.db', 'main.db-wal']) assert.ok(!fs.readFileSync(path.join(s.home, 'state', f)).includes(mark), 'and is sealed')
})

test('[fault 12] what is written is text, wherever it is shown', async () => {
  const payloads = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '\'"><svg/onload=alert(1)>', '{{operator}}{{>head.html}}', '</textarea><script>x</script>', 'javascript:alert(1)']
  const { json: t } = await say({ text: payloads.join('\n'), kind: 'other' }, { 'User-Agent': payloads[0] })
  await step(lili, t.number, 'take')
  const pages = [(await form(`/feedback/${t.number}`, { key: t.key })).raw.toString(),
    (await s.get(`/admin/tickets/${t.number}`, { headers: { ...page, Cookie: lili.cookie } })).raw.toString()]
  for (const html of pages) {
    assert.ok(html.includes('&lt;script&gt;alert(1)&lt;/script&gt;') && html.includes('{{operator}}'))
    assert.doesNotMatch(html, /<script|<img|<svg|onerror=alert\(1\)>/)
  }
  const bad = await form('/feedback', { kind: '<script>alert(1)</script>', text: 'x' })
  assert.equal(bad.status, 422)
  assert.doesNotMatch(bad.raw.toString(), /<script/)
})

test('[fault 42][fault 2] no files, no unknown fields, no double click', async () => {
  const body = '--b\r\nContent-Disposition: form-data; name="text"; filename="eicar.com"\r\n\r\nX5O!P%@AP\r\n--b--\r\n'
  const file = await s.request('POST', '/feedback', { body, headers: { ...origin(), 'Content-Type': 'multipart/form-data; boundary=b' } })
  assert.equal(file.status, 415)
  assert.equal(file.json.error, 'media_type_unsupported')
  const big = await say({ text: 'x'.repeat(70000) })
  assert.equal(big.status, 413)
  const unknown = await say({ text: 'x', attachment: 'y' })
  assert.equal(unknown.json.error, 'field_unknown')
  assert.deepEqual(unknown.json.allowed, ['kind', 'text', 'contact', 'sensitive_ok'])
  assert.equal((await say({ text: 'x', kind: 'nonsense' })).json.error, 'field_invalid')
  assert.equal((await say({ text: 'x', contact: 'not an address' })).json.error, 'email_invalid')
  assert.equal((await s.request('POST', '/feedback', { body: { text: 'x' } })).json.error, 'cross_site_blocked')
  const twice = await Promise.all([1, 2, 3].map(() => say({ text: 'a double click' })))
  assert.equal(new Set(twice.map((a) => a.json.number)).size, 1)
})

test('[F4] every kind of request is taken, and says how to do it at once where that is possible', async () => {
  const p = await enter('many_kinds')
  const { kinds } = (await s.get('/feedback/kinds')).json
  assert.deepEqual(kinds.map((k) => k.kind), ['question', 'complaint', 'access', 'copy', 'move', 'correct', 'supplement', 'delete', 'restrict', 'withdraw', 'cancel', 'explain', 'relative', 'appeal', 'other'])
  for (const k of kinds) {
    const a = await p.ask('POST', '/feedback', { kind: k.kind, text: `about ${k.kind}` })
    assert.equal(a.status, 201, a.raw.toString())
    assert.equal(a.json.self_service?.request, k.how ? k.at_once : undefined)
    if (k.at_once?.startsWith('GET /account')) assert.equal((await p.ask('GET', k.at_once.slice(4))).status, 200, k.at_once)
  }
})

test('[F2][F4][F5] two signatures, a reason for a refusal, the remedies in every final answer, another handler for an appeal', async () => {
  const p = await enter('asking'), { json: t } = await p.ask('POST', '/feedback', { kind: 'delete', text: 'delete this' })
  assert.equal((await step(lili, t.number, 'close')).json.error, 'conflict')
  assert.equal((await step(lili, t.number, 'answer', { outcome: 'done', text: 'x' })).json.error, 'conflict', 'not taken yet')
  assert.equal((await step(lili, t.number, 'take')).status, 200)
  assert.equal((await step(lili, t.number, 'answer', { outcome: 'refused', text: 'we keep it' })).json.field, 'reason')
  assert.equal((await step(lili, t.number, 'answer', { outcome: 'refused', text: 'we keep it', reason: 'the law says so' })).status, 200)
  const none = await step(lili, t.number, 'close')
  assert.equal(none.status, 409)
  assert.equal(none.json.error, 'sign_off_missing')
  assert.equal((await step(lili, t.number, 'sign', { role: 'support' })).json.signatures.length, 1)
  assert.equal((await step(lili, t.number, 'close')).json.error, 'sign_off_missing')
  assert.equal((await step(lili, t.number, 'sign', { role: 'privacy' })).json.error, 'role_missing')
  assert.equal((await step(wang, t.number, 'sign', { role: 'support' })).json.signatures.length, 1)
  assert.equal((await step(zhao, t.number, 'sign', { role: 'privacy' })).json.signatures.length, 2)
  const closed = await step(zhao, t.number, 'close')
  assert.equal(closed.json.state, 'closed', closed.raw.toString())
  const shown = (await p.ask('GET', `/feedback/${t.number}`)).json, final = shown.messages.at(-1)
  assert.equal(shown.outcome, 'refused')
  assert.equal(final.author, 'final')
  for (const way of ['we keep it', 'the law says so', '某某市人民法院', '12377', '12315', '/feedback/']) assert.ok(final.text.includes(way), way)
  assert.ok(mailsTo('asking@example.com').some((m) => m.includes('某某市人民法院')), 'and in the mail')
  assert.equal((await p.ask('POST', `/feedback/${t.number}/appeal`, { text: 'I do not agree' })).status, 201)
  const same = await step(lili, t.number, 'take')
  assert.equal(same.status, 409)
  assert.equal(same.json.error, 'other_handler_required')
  assert.equal((await step(wang, t.number, 'take')).status, 200)
  assert.equal((await p.ask('POST', `/feedback/${t.number}/appeal`, { text: 'again' })).json.error, 'conflict')
})

test('[F2] the desk works with forms alone', async () => {
  const { json: t } = await say({ kind: 'question', text: 'answered by forms' })
  const as = (who, what, fields) => form(`/admin/tickets/${t.number}/${what}`, fields, { Cookie: who.cookie })
  assert.match((await s.get('/admin/tickets', { headers: { ...page, Cookie: lili.cookie } })).raw.toString(), new RegExp(t.number))
  assert.equal((await as(lili, 'take', {})).status, 303)
  assert.equal((await as(lili, 'ask', { text: 'which one?' })).headers.location, `/admin/tickets/${t.number}`)
  assert.equal((await as(lili, 'answer', { outcome: 'answered', text: 'so it is', reason: '' })).status, 303)
  assert.equal((await as(lili, 'close', {})).status, 303)
  const shown = (await look(t.number, t.key)).json
  assert.deepEqual(shown.messages.map((m) => m.author), ['person', 'staff', 'final'])
  assert.match((await s.get('/admin/tickets?state=closed', { headers: { ...page, Cookie: zhao.cookie } })).raw.toString(), new RegExp(t.number))
})

test('[F3] what is late is told to the staff and counted in public', async () => {
  const { json: t } = await say({ text: 'forgotten' })
  const before = (await s.get('/feedback/clocks')).json.overdue
  records(`UPDATE ticket_round SET opened_ms = opened_ms - ${31 * DAY}, due_ms = due_ms - ${31 * DAY}, inner_ms = inner_ms - ${31 * DAY}, next_mark_ms = 0
            WHERE opened_ms = (SELECT max(opened_ms) FROM ticket_round)`)
  assert.equal((await s.get('/feedback/clocks')).json.overdue, before + 1)
  assert.equal((await look(t.number, t.key)).json.overdue, true)
  assert.match((await form(`/feedback/${t.number}`, { key: t.key })).raw.toString(), /class="over"/)
  await until(() => mailsTo('privacy@example.org').filter((m) => m.includes(t.number) && m.includes('100%')).length === 2, 'the staff to be warned of both clocks', 30000)
})

// ---- by mail ----

async function smtp(port, from, message) {
  const socket = net.connect(port, '127.0.0.1')
  let said = ''
  socket.on('data', (d) => { said += d })
  const answer = async (code) => { await until(() => new RegExp(`^${code} .*\r\n`, 'm').test(said), `SMTP ${code}: ${said}`, 60000); said = '' }
  const tell = async (line, code) => { socket.write(line); await answer(code) }
  await answer(220)
  await tell('EHLO x\r\n', 250)
  await tell(`MAIL FROM:<${from}>\r\n`, 250)
  await tell('RCPT TO:<privacy@example.org>\r\n', 250)
  await tell('DATA\r\n', 354)
  await tell(Buffer.concat([Buffer.from(message.replace(/^\./gm, '..')), Buffer.from('\r\n.\r\n')]), 250)
  socket.end('QUIT\r\n')
}

test('[I5][F1][fault 43] a mail to the operator\'s address is a request, confirmed within a minute; machines are never answered', async () => {
  const port = await freePort()
  const mta = spawn('/usr/bin/python3', [path.join(support, 'receiving_mta.py'), String(port), ALAPI, 'mail', 'receive', '--home', s.home], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise((done) => mta.on('exit', done)) // Debian's own python: its packages are not another's
  let said = ''
  mta.stdout.on('data', (d) => { said += d })
  try {
    await until(() => said.includes('ready'), 'the mail server to be up', 20000)
    const before = await nothingElse()
    await smtp(port, 'sender@example.com', ordinary[1])
    const [ack] = await until(() => { const m = mailsTo('sender@example.com'); return m.length ? m : null }, 'the acknowledgement', 60000)
    assert.match(ack, /Auto-Submitted: auto-generated/)
    const number = ack.match(/[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/)[0], key = ack.match(/查看密钥：(\S{22})/)[1]
    assert.equal(await nothingElse(), before + 1)
    const shown = (await look(number, key)).json
    assert.equal(shown.source, 'mail')
    assert.ok(shown.messages[0].text.includes('你好，这是请求'.slice(0, 2)), shown.messages[0].text)

    const subject = ack.slice(ack.indexOf('Subject: ')).match(/^Subject: (?:.*\r\n[ \t])*.*/)[0]
    const mark = [...subject.matchAll(/=\?UTF-8\?B\?([^?]+)\?=/g)].map((w) => Buffer.from(w[1], 'base64').toString()).join('').match(/\[#\S+\]/)[0]
    await smtp(port, 'sender@example.com', `From: sender@example.com\r\nSubject: Re: ${mark}\r\n\r\nand one thing more\r\n`)
    assert.equal((await look(number, key)).json.messages.at(-1).text.includes('and one thing more'), true)
    const forged = mark.replace(/.(?=\]$)/, (c) => (c === 'A' ? 'B' : 'A'))
    await smtp(port, 'thief@example.com', `From: sender@example.com\r\nSubject: Re: ${forged}\r\n\r\nlet me in\r\n`)
    assert.equal((await look(number, key)).json.messages.length, 2, 'without the mark nothing joins')

    const acks = s.mails().length, open = await nothingElse()
    const machines = ['Auto-Submitted: auto-replied\r\nFrom: m1@example.com', 'From: MAILER-DAEMON@example.com', 'X-Loop: yes\r\nFrom: m2@example.com', 'From: m3@example.com\r\nContent-Type: multipart/report; boundary=x']
    for (const head of machines) await smtp(port, 'x@example.com', `${head}\r\nSubject: away\r\n\r\nI am away\r\n`)
    await smtp(port, '', 'From: m4@example.com\r\nSubject: bounce\r\n\r\nno such user\r\n')
    assert.equal(await nothingElse(), open, 'kept apart')
    await smtp(port, 'm5@example.com', 'From: m5@example.com\r\nPrecedence: bulk\r\nSubject: list\r\n\r\nto all of you\r\n')
    assert.equal(await nothingElse(), open + 1, 'a request, but not confirmed')
    assert.equal(s.mails().length, acks)
    const refused = s.alapi('mail', 'refused')
    assert.match(refused.out, /5 refused, kept for 30 days; automatic 5/)
    assert.match(s.alapi('mail', 'show', refused.out.split('\n')[0]).out, /I am away|no such user/)

    const anna = await enter('annas_mail')
    await smtp(port, 'anna@evil.example', 'From: annas_mail@example.com\r\nSubject: delete my account\r\n\r\nat once\r\n')
    assert.equal((await anna.ask('GET', '/account/feedback')).json.feedback.length, 0, 'a sender is not believed')
    await smtp(port, 'carder@example.com', 'From: carder@example.com\r\nSubject: card\r\n\r\nmy card is 4111 1111 1111 1111, take it\r\n')
    const [masked] = mailsTo('carder@example.com'), of = [masked.match(/[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/)[0], masked.match(/(?:key, to read it there: |查看密钥：)(\S{22})/)[1]]
    assert.match((await look(...of)).json.messages[0].text, /my card is \*{4} \*{4} \*{4} \*{4}, take it/)
  } finally {
    mta.stdin.end()
    await ended
  }
})

test('[F1][fault 43] ten thousand malformed mails: no crash, none lost', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'alapi-mails-'))
  let count = 0
  for (const mail of oddMails(10000, 43)) fs.writeFileSync(path.join(folder, `${String(count++).padStart(5, '0')}.eml`), mail)
  for (const [name, mail] of Object.entries(large)) { fs.writeFileSync(path.join(folder, `large-${name}`), mail); count++ }
  fs.chmodSync(folder, 0o777)
  const before = await nothingElse(), kept = Number(s.alapi('mail', 'refused').out.match(/(\d+) refused/)[1])
  const r = s.alapi('mail', 'receive', '--each', folder)
  assert.equal(r.code, 0, r.err)
  assert.deepEqual(fs.readdirSync(folder), [])
  fs.rmdirSync(folder)
  const fates = r.out.trim().split('\n').map((line) => line.split('\t'))
  const of = (fate) => fates.filter((f) => f[1] === fate).length
  assert.equal(fates.length, count)
  assert.equal(of('opened') + of('twin') + of('refused'), count)
  assert.equal(fates.filter((f) => f[2] === 'died' || f[2] === 'slow').length, 0, 'the reader never dies')
  assert.equal(await nothingElse(), before + of('opened'))
  assert.equal(Number(s.alapi('mail', 'refused').out.match(/(\d+) refused/)[1]), kept + of('refused'))
  for (const name of Object.keys(large)) assert.ok(fates.find((f) => f[0] === `large-${name}` && f[1] !== 'refused'), name)
  assert.ok(of('opened') > count / 2, `${of('opened')} opened, ${of('twin')} twins, ${of('refused')} refused`)
})
