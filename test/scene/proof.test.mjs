// proof.test.mjs: what anybody may check from outside: the audit log, receipts, probes, the canary; and what happens to
// an installation whose records are meddled with.
import test from 'node:test'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createHash } from 'node:crypto'
import { spawn, spawnSync } from 'node:child_process'
import { ALAPI, BUILD, Person, Server, alapi, freshHome, until } from '../support/server.mjs'

const VERIFY = path.join(BUILD, 'alapi-verify')
const COPIES = fs.mkdtempSync(path.join(os.tmpdir(), 'alapi-proof-copies-'))
const CONF = `operator_name = Proof Ltd\noperator_contact = privacy@proof.example\nbackup_dir = ${COPIES}\n`
let server, folder, key

test.before(async () => {
  const home = freshHome()
  fs.writeFileSync(path.join(home, 'alapi.conf'), CONF)
  if (process.getuid() === 0) spawnSync('chown', ['www-data:', COPIES]) // whom the service runs as
  server = await Server.start({ home })
  folder = fs.mkdtempSync(path.join(path.dirname(server.home), 'alapi-proof-'))
  key = path.join(folder, 'key')
  fs.writeFileSync(key, (await server.get('/log/key')).raw)
})
test.after(async () => {
  for (const made of [folder, COPIES]) fs.rmSync(made, { recursive: true, force: true })
  assert.equal(await server.stop(), 0)
})

const keep = (name, bytes) => {
  const file = path.join(folder, name)
  fs.writeFileSync(file, bytes)
  return file
}
const verify = (...words) => {
  const r = spawnSync(VERIFY, [key, ...words], { encoding: 'utf8' })
  return { code: r.status, out: r.stdout, err: r.stderr }
}
const grown = async (name) => { // somebody registers: the log grows
  const p = new Person(server, name, `${name}@example.com`)
  assert.equal((await p.register()).status, 201)
  assert.equal((await p.login()).status, 200)
  return p
}
const receipt = async (name) => {
  const a = await server.get(`/receipts/${name}`)
  assert.equal(a.status, 200, a.raw.toString())
  return a
}

test('[I4] a consent gives a receipt that is checked without the service', async () => {
  const p = await grown('receipt_person')
  const consent = (await p.ask('GET', '/account/consents')).json.consents[0]
  const proof = await receipt(consent.receipt)
  assert.ok(proof.json.says.object.includes(consent.version) && proof.json.says.object.includes(consent.text_hash))
  const file = keep('consent.json', proof.raw)
  const good = verify('receipt', file)
  assert.equal(good.code, 0, good.err)
  assert.match(good.out, /action: consent\.give/)
  assert.ok(!proof.raw.toString().includes('receipt_person'), 'it names nobody')
  const changed = { ...proof.json, entry: Buffer.from(Buffer.from(proof.json.entry, 'base64').map((b, i) => i === 40 ? b ^ 1 : b)).toString('base64') }
  const bad = verify('receipt', keep('changed.json', JSON.stringify(changed)))
  assert.equal(bad.code, 1)
  assert.match(bad.err, /does not have this entry|another/)
  assert.equal((await server.get('/receipts/AAAAAAAAAAAAAAAAAAAAAA')).status, 404)
})

test('[S5] exports and erasures give receipts that outlive the person', async () => {
  const p = await grown('leaving_person')
  const all = await p.ask('GET', '/account/export')
  const given = await receipt(all.json.receipt)
  assert.equal(given.json.says.object, `${all.json.receipt} sha256 ${createHash('sha256').update(all.raw).digest('hex')}`)
  const gone = await p.ask('DELETE', '/account', { password: p.password })
  assert.equal(gone.status, 200, gone.raw.toString())
  const proof = await until(async () => {
    const a = await receipt(gone.json.receipt)
    return a.json.says.action === 'account.erased' ? a : null
  }, 'the erasure to be done', 20000)
  assert.equal(verify('receipt', keep('erased.json', proof.raw)).code, 0)
  assert.match(verify('receipt', keep('erased.json', proof.raw)).out, /subject: 0/)
  assert.equal(verify('receipt', keep('export.json', (await receipt(all.json.receipt)).raw)).code, 0)
})

test('[S8d] checkpoints of two times are one log gone on', async () => {
  const first = (await receipt((await (await grown('first_person')).ask('GET', '/account/consents')).json.consents[0].receipt)).json
  const second = (await receipt((await (await grown('second_person')).ask('GET', '/account/consents')).json.consents[0].receipt)).json
  const old = keep('old', first.checkpoint), later = keep('later', second.checkpoint)
  const [from, to] = [first, second].map((r) => Number(r.checkpoint.split('\n')[1]))
  assert.ok(to > from)
  const proof = keep('proof.json', (await server.get(`/log/proof?old=${from}&size=${to}`)).raw)
  const good = verify('consistency', old, later, proof)
  assert.equal(good.code, 0, good.err)
  assert.equal(verify('consistency', later, old, proof).code, 1)
  assert.equal(verify('agree', old, old).code, 0)
  assert.match(verify('agree', old, later).err, /different sizes/)
  assert.equal(verify('checkpoint', keep('forged', first.checkpoint.replace(`\n${from}\n`, `\n${from + 1}\n`))).code, 1)
  assert.equal((await server.get('/log/checkpoint')).status, 200)
  for (const query of ['', '?size=3', '?size=3&index=1&old=1', '?size=x&index=1', '?size=99999999&index=1', '?size=3&index=3', '?size=3&old=0'])
    assert.equal((await server.get(`/log/proof${query}`)).status, 422, query)
})

test('[S5][I2] the canary lives a whole life, and a killed one is cleared away', async () => {
  const killed = spawn(ALAPI, ['canary', '--home', server.home])
  await until(() => fs.readdirSync(path.join(server.home, 'outbox')).some((f) => f.endsWith('.canary')), 'the canary to have mail')
  killed.kill('SIGKILL')
  await new Promise((done) => killed.on('exit', done))
  const start = Date.now()
  const run = server.alapi('canary')
  assert.equal(run.code, 0, run.err)
  assert.ok(Date.now() - start < 10000, 'it costs less than ten seconds')
  const { proofs } = (await server.get('/proofs')).json
  const steps = proofs.filter((p) => /^(canary_(register|consent|login|call|feedback|export|correct|cancel|residue)|notice_channel)$/.test(p.probe))
  assert.equal(steps.length, 10)
  for (const p of steps) assert.equal(p.state, 'good', `${p.probe}: ${p.detail}`)
  assert.ok(!server.alapi('account', 'list').out.includes('canary'))
  assert.deepEqual(fs.readdirSync(path.join(server.home, 'outbox')).filter((f) => f.endsWith('.canary')), [])
  const one = (await server.get('/proofs/canary_residue')).raw
  const good = verify('receipt', keep('probe.json', one))
  assert.equal(good.code, 0, good.err)
  assert.match(good.out, /probe\.good/)
  assert.equal((await server.get('/proofs/nothing')).status, 404)
})

test('[I2] every promise is checked, and a failing one is public', async () => {
  const all = server.alapi('audit', 'promises', '--now')
  assert.equal(all.code, 0, all.out + all.err)
  assert.doesNotMatch(all.out, /^(unchecked|none)\t/m, 'nothing that is promised goes unchecked')
  for (const probe of ['egress_list', 'keys_epoch', 'feedback_clocks', 'backups_age', 'canary_feedback', 'notice_channel'])
    assert.match(all.out, new RegExp(`^good\\t${probe}\\t`, 'm'))
  const failed = async (count) => (await server.get('/status.json')).json.proofs.failed === count
  await until(() => failed(0), 'status.json to say that all is well')
  assert.doesNotMatch((await server.get('/policy')).raw.toString(), /role="alert"/)
  const conf = path.join(server.home, 'alapi.conf')
  fs.writeFileSync(conf, `backup_dir = ${COPIES}\n`)
  const red = server.alapi('audit', 'promises', '--now')
  assert.equal(red.code, 1)
  assert.match(red.err, /controller_named is failed: operator_name is not set/)
  const proof = (await server.get('/proofs/controller_named')).json
  assert.equal(proof.state, 'failed')
  await until(() => failed(1), 'status.json to say so')
  assert.match((await server.get('/policy')).raw.toString(), /role="alert"/)
  fs.writeFileSync(conf, CONF)
  assert.equal(server.alapi('audit', 'promises', '--now').code, 0)
})

test('[S8d] the log of a whole life verifies', () => {
  const good = server.alapi('audit', 'verify')
  assert.equal(good.code, 0, good.err)
  assert.match(good.out, /^the log is whole: \d+ entries/)
  const json = JSON.parse(server.alapi('audit', 'verify', '--json').out)
  assert.ok(json.whole && json.entries > 20 && json.checkpoints > 2)
  assert.equal(server.alapi('audit', 'verify', '--against', path.join(folder, 'consent.json')).code, 0)
  assert.equal(alapi('audit', 'nothing', '--home', server.home).code, 64)
})

const sql = (words) => {
  const r = spawnSync('python3', ['-c', `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=10)
db.executescript(sys.argv[2])`, path.join(server.home, 'state/main.db'), words], { encoding: 'utf8' })
  assert.equal(r.status, 0, r.stderr)
}

test('[fault 29] a flipped byte in a record is that record\'s fault only', async () => {
  const hurt = await grown('hurt_person'), other = await grown('other_person')
  const { number } = (await hurt.ask('GET', '/account')).json
  sql(`UPDATE contact SET sealed = CAST(substr(sealed, 1, 50) || x'2A2B' || substr(sealed, 53) AS BLOB) WHERE account = ${number}`)
  const broken = await hurt.ask('GET', '/account')
  assert.equal(broken.status, 500)
  assert.equal(broken.json.error, 'integrity_failed')
  assert.equal((await other.ask('GET', '/account')).status, 200)
  assert.equal((await server.get('/status.json')).status, 200)
  await until(() => server.said.includes('event=record_damaged'), 'the alert in the log')
  const theirs = (await other.ask('GET', '/account')).json.number
  sql(`UPDATE contact SET sealed = (SELECT sealed FROM contact WHERE account = ${theirs}) WHERE account = ${number}`)
  assert.equal((await hurt.ask('GET', '/account')).json.error, 'integrity_failed', 'another\'s value does not open')
})

test('[fault 30][S8d] what is done to the log is named by its number', async () => {
  sql("CREATE TABLE kept AS SELECT * FROM audit_entry WHERE seq = 7; DROP TRIGGER audit_entry_stays; UPDATE audit_entry SET object = object || '!' WHERE seq = 7")
  const changed = server.alapi('audit', 'verify', '--json')
  assert.equal(changed.code, 1)
  assert.match(changed.err, /entry 7 was changed/)
  const verdict = JSON.parse(changed.out)
  assert.deepEqual([verdict.whole, verdict.fault, verdict.index], [false, 'changed', 7])
  const red = server.alapi('audit', 'promises', '--now')
  assert.match(red.out, /^failed\taudit_verify\t.*entry 7 was changed/m)
  assert.match(red.out, /^failed\tregister_columns\t.*kept\.seq is not in the register/m)
  sql('DELETE FROM audit_entry WHERE seq = 7')
  assert.match(server.alapi('audit', 'verify').err, /entry 7 is missing/)
  sql('INSERT INTO audit_entry SELECT * FROM kept; DROP TABLE kept')
  assert.equal(server.alapi('audit', 'verify').code, 0)
  const file = path.join(server.home, 'state/log/checkpoints'), notes = fs.readFileSync(file)
  fs.writeFileSync(file, notes.subarray(notes.indexOf('\n\nalapi.') + 2))
  assert.match(server.alapi('audit', 'verify').err, /lacks the checkpoint/)
  fs.writeFileSync(file, notes)
  assert.equal(server.alapi('audit', 'verify').code, 0)
})
