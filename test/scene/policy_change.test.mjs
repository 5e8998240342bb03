// policy_change.test.mjs: versions of the policy at a running installation: published, announced, told, demanded of
// sessions and tokens, agreed to and declined; and the ways in which a publication is refused.
import test, { after, before } from 'node:test'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { spawnSync } from 'node:child_process'
import { Person, Server, freshHome, until } from '../support/server.mjs'

const ZONE_MS = 8 * 3600000 // Asia/Shanghai
const dayOf = (ms) => new Date(ms + ZONE_MS).toISOString().slice(0, 10)
const momentOf = (ms) => new Date(ms).toISOString().slice(0, 19) + 'Z'

let server, anna, bert, version, texts
const tokens = {}

// The records, past the program: what an attacker with the disk would try.
function sql(statement) {
  const r = spawnSync('sqlite3', [path.join(server.home, 'state/main.db'), statement], { encoding: 'utf8' })
  return { code: r.status, out: r.stdout.trim(), err: r.stderr }
}

const office = {}
async function makeStaff(name, roles) {
  const p = office[name] = new Person(server, name, `${name}@example.org`)
  assert.equal((await p.register()).status, 201)
  assert.equal((await p.login()).status, 200)
  await p.twoFactors()
  await p.recoveryCode()
  const number = server.alapi('account', 'show', name).out.match(/#(\d+)/)[1]
  assert.equal(sql(`PRAGMA busy_timeout = 5000; INSERT INTO staff VALUES (${number}, ${roles}, 1)`).code, 0)
}

// The files of the next version: the newest text with other dates, and what `change` does to each language.
function write(number, effectiveMs, change) {
  const folder = fs.mkdtempSync(path.join(server.home, 'texts-'))
  for (const language of ['zh', 'en']) {
    texts[language] = change(texts[language], language)
    fs.writeFileSync(path.join(folder, `${number}.${language}.md`), texts[language]
      .replace(/^version: .*$/m, `version: ${number}`)
      .replace(/^published: .*$/m, `published: ${dayOf(Date.now())}`)
      .replace(/^effective: .*$/m, `effective: ${dayOf(effectiveMs)}`))
  }
  fs.chmodSync(folder, 0o755)
  return path.join(folder, `${number}.zh.md`)
}

const says = (word) => (text) => text.replace(/^\[u1\] .*$/m, `[u1] ${word}`)
const staff = ['--by', 'owner', '--second', 'officer']
const setting = (name, value) => {
  const file = path.join(server.home, 'alapi.conf')
  const rest = fs.readFileSync(file, 'utf8').split('\n').filter((l) => !l.startsWith(name))
  fs.writeFileSync(file, [...rest, `${name} = ${value}`, ''].join('\n'))
}
let killed = 0
async function killServe(afterMs) {
  const pid = await until(() => server.pids('alapi serve').find((p) => p !== killed), 'serve')
  await new Promise((go) => setTimeout(go, afterMs))
  try { process.kill(killed = pid, 'SIGKILL') } catch (e) { assert.equal(e.code, 'ESRCH') }
}
const mailsTo = (address) => server.mails().filter((m) => m.includes(`To: ${address}`) && m.includes('/policy/'))

before(async () => {
  const home = freshHome()
  fs.writeFileSync(path.join(home, 'alapi.conf'), 'policy_notice_days = 0\noperator_name = Scene Ltd\n')
  server = await Server.start({ home })
  version = Number((await server.get('/policy.json')).json.version)
  texts = Object.fromEntries(['zh', 'en'].map((l) => [l, fs.readFileSync(`policy/${version}.${l}.md`, 'utf8')]))
  anna = new Person(server, 'anna_scene', 'anna@example.com')
  bert = new Person(server, 'bert_scene', 'bert@example.com')
  for (const p of [anna, bert]) {
    assert.equal((await p.register()).status, 201)
    assert.equal((await p.login()).status, 200)
    tokens[p.name] = await p.token()
  }
  await makeStaff('owner', 1)
  await makeStaff('officer', 4)
  await makeStaff('helper', 2)
})
after(async () => { if (server) await server.stop() })

test('[U1][U14] a published version is in the records, and the store itself refuses to change it', () => {
  const list = server.alapi('policy', 'list')
  assert.equal(list.code, 0)
  assert.match(list.out, new RegExp(`^${version}\\tpublished .*\\tin force$`, 'm'))
  assert.equal(list.out.trim().split('\n').length, version) // the ones before are archived with it
  for (const statement of ["UPDATE policy_version SET zh = 'x'", 'UPDATE policy_version SET effective_ms = 1',
    'DELETE FROM policy_version', `UPDATE policy_version SET digest = '' WHERE number = ${version}`]) {
    const r = sql(statement)
    assert.notEqual(r.code, 0, statement)
    assert.match(r.err, /a published policy is never (changed|removed)/)
  }
  assert.equal(sql("SELECT zh FROM policy_version WHERE number = " + version).out.split('\n')[0], `version: ${version}`)
})

test('[U8][U9][U11] who runs it, who gets data, whom to turn to: a change that nobody declared is refused', async () => {
  const next = version + 1
  const refused = async (file, kind, word) => {
    const r = await server.signed(office, 'policy', 'publish', file, ...staff)
    assert.equal(r.code, 1)
    assert.match(r.err, new RegExp(`of kind ${kind}`))
    assert.match(r.err, word)
  }
  const file = write(next, Date.now(), says('Other words.'))
  for (const [name, value, back, kind] of [['operator_name', 'Another Ltd', 'Scene Ltd', 2],
    ['processors', 'Carrier Ltd', '', 3], ['operator_contact', 'else@example.com', 'privacy@localhost.localdomain', 5]]) {
    assert.equal(server.alapi('policy', 'compare').code, 0)
    setting(name, value)
    await refused(file, kind, new RegExp(`^${kind} \\+ .*${value}`, 'm'))
    const seen = server.alapi('policy', 'compare')
    assert.equal(seen.code, 1)
    assert.match(seen.err, /policy_behind/)
    assert.match(server.alapi('doctor').out, /FAULT the policy \(policy_behind\)/)
    setting(name, back || '')
    if (!back) fs.writeFileSync(path.join(server.home, 'alapi.conf'),
      fs.readFileSync(path.join(server.home, 'alapi.conf'), 'utf8').replace(/^processors.*\n/m, ''))
  }
  assert.equal(server.alapi('policy', 'list').out.trim().split('\n').length, version)
  assert.equal((await server.get('/status.json')).json.policy.policy_behind, false)
})

test('[U12] a high risk closes the way to a version that does not say so', async () => {
  const words = ['--scope', 'feature:recommend', '--purpose', 'p', '--necessity', 'n', '--impact', 'i', '--measures', 'm',
    '--risk', 'high', '--until', '2099-01-01']
  assert.match((await server.signed(office, 'assessment', 'add', ...words, '--by', 'helper')).err, /owners and privacy officers/)
  const added = await server.signed(office, 'assessment', 'add', ...words, '--by', 'officer')
  assert.equal(added.code, 0, added.err)
  const id = added.out.trim()
  assert.match((await server.signed(office, 'assessment', 'approve', id, '--by', 'officer')).err, /another person/)
  assert.equal((await server.signed(office, 'assessment', 'approve', id, '--by', 'owner')).code, 0)
  assert.match(server.alapi('assessment', 'list').out, new RegExp(`^${id}\\thigh\\tapproved`, 'm'))
  const r = await server.signed(office, 'policy', 'publish', write(version + 1, Date.now(), says('Other words.')), ...staff)
  assert.equal(r.code, 1)
  assert.match(r.err, /^6 \+ risk /m)
  assert.match((await server.signed(office, 'assessment', 'delete', id, '--by', 'officer')).err, /kept three years/)
})

test('[U1][U4][U5][U6][fault 22] a major version: announced, told, demanded on its day, agreed to, declined', async () => {
  const next = ++version, effective = Date.now() + 8000
  const file = write(next, effective, says('A major change.'))
  const words = ['policy', 'publish', file, '--major', 'service', '--major', 'risk', '--effective', momentOf(effective)]
  assert.match(server.alapi(...words).err, /--by and --second/) // persons have agreed: it takes two
  assert.match((await server.signed(office, ...words, '--by', 'owner', '--second', 'owner')).err, /another person/)
  assert.match((await server.signed(office, ...words, '--by', 'owner', '--second', 'helper')).err, /privacy officer/)
  const published = await server.signed(office, ...words, ...staff)
  assert.equal(published.code, 0, published.err)
  assert.equal(published.out.trim(), String(next))
  const by = momentOf(Math.ceil(effective / 1000) * 1000)

  // Before its day: told, announced, and nothing is closed.
  await until(async () => (await server.get('/status.json')).json.policy.next === next, 'the service to follow')
  await until(() => mailsTo(anna.email).length && mailsTo(bert.email).length, 'the notices')
  const early = await server.call('hello', {}, tokens.anna_scene).then((a) => a.status === 404
    ? server.call('limits', {}, tokens.anna_scene) : a)
  assert.equal(early.status, 200)
  const ahead = await until(async () => {
    const a = await server.call('limits', {}, tokens.anna_scene)
    return a.headers['policy-update'] && a
  }, 'the header of the token')
  assert.match(ahead.headers['policy-update'], new RegExp(`^version=${next}; by=${by.slice(0, 17)}`))
  assert.match((await anna.ask('GET', '/account')).headers['policy-update'], new RegExp(`^version=${next}; `))
  const home = await server.get('/')
  assert.match(home.raw.toString(), /<aside class="notice"/)
  assert.equal((await server.get('/policy.json')).json.version, String(next - 1))
  assert.match((await server.signed(office, 'policy', 'publish', write(next + 1, effective + 86400000, says('Another.')), ...staff)).err,
    /takes effect at .*; publish the next one after that/)

  // On its day, by the clock alone.
  const shut = await until(async () => {
    const a = await server.call('limits', {}, tokens.anna_scene)
    return a.status === 451 && a
  }, 'the token to be refused', 20000)
  assert.ok(Date.now() >= effective - 1000)
  assert.equal(shut.json.error, 'policy_consent_required')
  assert.match(shut.headers.link, new RegExp(`</policy/${next}>; rel="privacy-policy", </policy/${next - 1}\\.\\.\\.${next}>`))
  assert.equal((await server.call('limits')).status, 200) // the operator's own program: nobody to be asked
  await until(async () => (await server.get('/policy.json')).json.version === String(next), 'the page of the version')
  const gate = await anna.ask('GET', '/account')
  assert.equal(gate.status, 451)
  assert.deepEqual([gate.json.error, gate.json.version, gate.json.text, gate.json.difference],
    ['policy_consent_required', String(next), `/policy/${next}`, `/policy/${next - 1}...${next}`])
  const tab = new Person(server, anna.name, anna.email)
  assert.equal((await tab.login()).status, 200) // a log-in in another tab: the gate stands there too
  for (const p of [anna, tab]) {
    for (const [method, target] of [['GET', '/account'], ['POST', '/account/tokens'], ['GET', '/account/usage'], ['PATCH', '/account']])
      assert.equal((await p.ask(method, target, method === 'GET' ? undefined : {})).status, 451, `${method} ${target}`)
    for (const target of ['/account/export', '/account/consents'])
      assert.equal((await p.ask('GET', target)).status, 200, target)
  }

  // Agreeing opens everything, in every tab and for tokens, within a second.
  assert.equal((await anna.ask('POST', '/account/consents', { version: String(next - 1), act: 'agree' })).json.error, 'policy_version_stale')
  const agreed = await anna.ask('POST', '/account/consents', { version: String(next), act: 'next' })
  assert.equal(agreed.status, 201)
  assert.equal(agreed.json.act, 'next')
  const since = Date.now()
  await until(async () => (await server.call('limits', {}, tokens.anna_scene)).status === 200, 'the token to work again')
  assert.ok(Date.now() - since < 1500)
  assert.equal((await tab.ask('GET', '/account')).status, 200)
  const again = await tab.ask('POST', '/account/consents', { version: String(next), act: 'next' })
  assert.equal(again.json.receipt, agreed.json.receipt)
  const held = (await anna.ask('GET', '/account/consents')).json
  assert.deepEqual(held.consents.map((c) => [c.version, c.act]), [[String(next - 1), 'register'], [String(next), 'next']])
  assert.equal(held.consents[1].text_hash.length, 64)
  assert.equal(held.notices.length, 1)

  // Declining leaves export, leaving and reading; a replay of what was agreed before opens nothing.
  assert.equal((await bert.ask('POST', '/account/consents', { version: String(next), act: 'decline' })).status, 201)
  assert.equal((await bert.ask('GET', '/account')).status, 451)
  assert.equal((await server.call('limits', {}, tokens.bert_scene)).status, 451)
  assert.equal((await bert.ask('GET', '/account/export')).status, 200)
  assert.equal(mailsTo(anna.email).length, 1)
  assert.equal(mailsTo(bert.email).length, 1)
  const told = (await server.get('/status.json')).json.policy.notice
  assert.deepEqual([told.version, told.put, told.bounced], [next, 5, 0]) // three of the office among them
  assert.equal((await bert.ask('DELETE', '/account', { password: bert.password })).status, 200)
})

test('[fault 23] a withdrawal closes, and only a new event opens again', async () => {
  const now = String(version)
  const first = (await anna.ask('POST', '/account/consents', { version: now, act: 'agree' })).json.receipt
  const declined = await anna.ask('POST', '/account/consents', { version: now, act: 'decline' })
  assert.equal((await anna.ask('GET', '/account')).status, 451)
  await until(async () => (await server.call('limits', {}, tokens.anna_scene)).status === 451, 'the token to rest')
  assert.equal((await anna.ask('POST', '/account/consents', { version: now, act: 'decline' })).json.receipt, declined.json.receipt)
  const second = (await anna.ask('POST', '/account/consents', { version: now, act: 'agree' })).json.receipt
  assert.notEqual(second, first)
  await until(async () => (await server.call('limits', {}, tokens.anna_scene)).status === 200, 'the token to work again')
})

test('[D4] optional purposes: off, a switch each, with a receipt', async () => {
  const { purposes } = (await anna.ask('GET', '/account/consents')).json
  assert.ok(purposes.length >= 1 && purposes.every((p) => p.on === false))
  const on = await anna.ask('POST', '/account/consents', { purpose: 'news', act: 'agree' })
  assert.equal(on.status, 201)
  assert.ok((await anna.ask('GET', '/account/consents')).json.purposes.find((p) => p.purpose === 'news').on)
  const off = await anna.ask('POST', '/account/consents', { purpose: 'news', act: 'withdraw' })
  assert.notEqual(off.json.receipt, on.json.receipt)
  assert.equal((await anna.ask('GET', '/account')).status, 200)
})

test('[T7] a hand-over takes two of the staff and only who consented', async () => {
  await anna.ask('POST', '/account/consents', { purpose: 'transfer', act: 'agree' })
  const id = (await server.signed(office, 'transfer', 'open', '--to', 'Buyer', '--contact', 'b@example.com', '--reason', 'merger', '--by', 'officer')).out.trim()
  assert.match(server.alapi('transfer', 'export', id).err, /approve/)
  assert.match((await server.signed(office, 'transfer', 'approve', id, '--by', 'officer')).err, /another person/)
  assert.equal((await server.signed(office, 'transfer', 'approve', id, '--by', 'owner')).code, 0)
  const lines = server.alapi('transfer', 'export', id).out.trim().split('\n').map((l) => JSON.parse(l))
  assert.deepEqual(lines.map((l) => l.username), ['anna_scene'])
})

test('[U2] who has not agreed keeps the export that the new version takes away', async () => {
  const cora = new Person(server, 'cora_scene', 'cora@example.com')
  assert.equal((await cora.register()).status, 201)
  await cora.login()
  const next = ++version, file = write(next, Date.now(), (text) => text.replace(/^\[f1\] .*\n/m, ''))
  const refused = await server.signed(office, 'policy', 'publish', file, ...staff)
  assert.equal(refused.code, 1)
  assert.match(refused.err, /^4 - sentence f1: /m)
  const published = await server.signed(office, 'policy', 'publish', file, '--major', 'rights', ...staff)
  assert.equal(published.code, 0, published.err)
  await until(async () => (await server.get('/policy.json')).json.version === String(next), 'the version')
  assert.equal((await cora.ask('GET', '/account')).status, 451)
  assert.equal((await cora.ask('GET', '/account/export')).status, 200)
  assert.equal((await anna.ask('POST', '/account/consents', { version: String(next), act: 'agree' })).status, 201)
  const gone = await anna.ask('GET', '/account/export')
  assert.deepEqual([gone.status, gone.json.error], [410, 'right_ended'])
  assert.equal((await cora.ask('GET', '/account/export')).status, 200)
})

test('[U4][U7] killed again and again while it tells: each person has one message; a changed system says so', async () => {
  const addresses = []
  for (let i = 0; i < 30; i++) {
    addresses.push(`told${i}@example.com`)
    assert.equal(server.alapi('account', 'create', `told${i}`, '--email', addresses[i]).code, 0)
  }
  const before = addresses.map((a) => mailsTo(a).length) // of the version before: told before it is in force only
  const next = ++version, file = write(next, Date.now() + 3600000, says('Told to many.'))
  const published = await server.signed(office, 'policy', 'publish', file, '--major', 'other', '--effective', momentOf(Date.now() + 3600000), ...staff)
  assert.equal(published.code, 0, published.err)
  for (let i = 0; i < 4; i++) await killServe([3, 20, 60, 150][i]) // wherever it is then
  setting('operator_contact', 'moved@example.com')
  const all = await until(() => {
    const counts = addresses.map((a) => mailsTo(a).length)
    return counts.every((c, i) => c > before[i]) && counts
  }, 'everybody to be told', 60000)
  assert.deepEqual(all, before.map((n) => n + 1))
  await until(async () => {
    const told = (await server.get('/status.json').catch(() => ({}))).json?.policy?.notice
    return told?.version === next && told.put >= addresses.length
  }, 'the sums', 30000)
  assert.deepEqual(addresses.map((a) => mailsTo(a).length), all)
  assert.equal(fs.readdirSync(path.join(server.home, 'outbox')).filter((n) => n.startsWith('.')).length, 0)
  await killServe(0) // it starts with the changed setting
  const behind = await until(async () => {
    const a = await server.get('/status.json').catch(() => null)
    return a?.json?.policy?.policy_behind && a.json.policy
  }, 'the service to say that the policy is behind', 30000)
  assert.match(behind.behind_kinds, /5/)
})

test('[H1] a text that is changed past the program is shown to nobody, and is told', async () => {
  const shown = String((await server.get('/policy')).raw)
  const triggers = sql("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'policy_version'").out.split('\n')
  for (const name of triggers) assert.equal(sql(`DROP TRIGGER ${name}`).code, 0)
  const number = JSON.parse(String((await server.get('/policy.json')).raw)).version
  assert.equal(sql(`PRAGMA busy_timeout = 5000; UPDATE policy_version SET zh = replace(zh, '隐私', '隐蔽') WHERE number = ${number}`).code, 0)
  assert.match(server.alapi('policy', 'list').err, /is not the text that was published/)
  assert.match(server.alapi('doctor').out, /FAULT the policy/)
  const body = (page) => page.slice(page.indexOf('<section id='), page.indexOf('<footer>')).replace(/<a class="proof.*?<\/a>/g, '')
  assert.equal(body(String((await server.get('/policy')).raw)), body(shown), 'what runs shows what was published')
  await killServe(0)
  const refused = await until(async () => {
    const a = await server.get('/policy')
    return a.status >= 500 && a
  }, 'the page to be refused')
  assert.doesNotMatch(String(refused.raw), /隐蔽/)
  assert.match(await until(() => server.said.match(/is not the text that was published/)?.[0], 'the alert'), /published/)
})
