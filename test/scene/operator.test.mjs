// operator.test.mjs: the operator's side at a whole installation: the staff comes in, two persons hold an account and
// let it go, hand out data by a document, and everybody sees what may be seen.
import test, { after, before } from 'node:test'
import assert from 'node:assert/strict'
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Person, Server, until } from '../support/server.mjs'

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n(zqdocument)\nendobj\n%%EOF\n')
const SHA = crypto.createHash('sha256').update(PDF).digest('hex')
const day = (n) => new Date(Date.now() + n * 86400000).toISOString().slice(0, 10)
let s, officer, second, person, token

async function enter(name, ...roles) {
  const p = new Person(s, name, `${name}@example.com`)
  assert.equal((await p.register()).status, 201)
  assert.equal((await p.login()).status, 200)
  if (roles.length) {
    await p.twoFactors()
    const invited = s.alapi('staff', 'invite', name, ...roles.flatMap((r) => ['--role', r]))
    assert.equal(invited.code, 0, invited.err)
    assert.match(invited.out, /^[\w-]{43}\n$/, 'the token and nothing else')
    const joined = await p.ask('POST', '/admin/join', { token: invited.out.trim() })
    assert.equal(joined.status, 200, String(joined.raw))
    assert.equal((await p.ask('POST', '/admin/join', { token: invited.out.trim() })).json.error, 'invite_spent')
  }
  return p
}

before(async () => {
  s = await Server.start()
  officer = await enter('officer', 'privacy')
  second = await enter('second', 'privacy', 'owner')
  person = await enter('zqheld')
  token = await person.token()
})
after(() => s.stop())

function homeHolds(mark) {
  const found = []
  for (const f of fs.readdirSync(s.home, { recursive: true })) {
    const file = path.join(s.home, f)
    const info = fs.statSync(file, { throwIfNoEntry: false }) // some files are gone again
    if (info?.isFile() && info.size < 1 << 26 && fs.readFileSync(file).includes(mark)) found.push(f)
  }
  return found
}

test('the sign-in that the start prints works once', async () => {
  const link = s.said.match(/operator sign-in: http:\/\/\S+\/admin\/sign-in#(\S+)/)
  assert.ok(link, s.said)
  const p = new Person(s, 'x', 'x@example.com')
  assert.equal((await s.get('/admin')).status, 401)
  assert.match(String((await s.get('/admin/sign-in')).raw), /<form class="stacked" method="post" action="\/admin\/sign-in">/)
  assert.equal((await p.ask('POST', '/admin/sign-in', { token: link[1] })).status, 200)
  const page = await s.request('GET', '/admin', { headers: { Cookie: p.cookie, Accept: 'text/html', 'Accept-Language': 'en' } })
  assert.equal(page.status, 200)
  assert.match(String(page.raw), /legal holds in force/)
  assert.equal(page.headers['cache-control'], 'no-store')
  assert.equal((await p.ask('POST', '/admin/sign-in', { token: link[1] })).status, 410)
  assert.equal((await person.ask('GET', '/admin')).status, 404, 'nobody else learns that it is there')
})

test('[S3][S4][fault 25][fault 41] a hold stops an erasure, freezes, is shown, and ends in the erasure', async () => {
  const basis = { accounts: ['zqheld'], statute: '民事诉讼法', article: '第六十七条', authority: '某市法院', document_sha256: SHA,
    reason: 'zqreason', until: day(30) }
  for (const [without, field] of [['statute', 'statute'], ['until', 'until'], ['document_sha256', 'document']]) {
    const a = await officer.ask('POST', '/admin/holds', { ...basis, [without]: '' })
    assert.equal(a.status, 422)
    assert.equal(a.json.error, 'hold_needs_basis')
    assert.equal(a.json.field, field)
  }
  assert.equal((await officer.ask('POST', '/admin/holds', { ...basis, until: day(400) })).json.error, 'hold_needs_basis')
  assert.equal((await s.call('uuid', {}, token)).status, 200)
  const opened = await officer.ask('POST', '/admin/holds', basis)
  assert.equal(opened.status, 201, String(opened.raw))
  const [approval] = opened.json.approvals
  const own = await officer.ask('POST', `/admin/approvals/${approval}`, { decision: 'approve' })
  assert.equal(own.status, 403)
  assert.equal(own.json.error, 'four_eyes_required')
  assert.equal((await second.ask('POST', `/admin/approvals/${approval}`, { decision: 'approve' })).status, 200)
  await until(async () => (await s.call('uuid', {}, token)).status === 403, 'the token to be refused', 2000)
  const shown = (await person.ask('GET', '/account/holds')).json
  assert.equal(shown.frozen, true)
  assert.equal(shown.holds[0].statute, basis.statute)
  assert.equal(shown.holds[0].appeal, '/feedback')
  assert.ok(!JSON.stringify(shown).includes('zqreason'))
  assert.equal((await person.ask('GET', '/account')).status, 200, 'it can be read')
  assert.equal((await person.ask('POST', '/account/tokens', { name: 'more' })).json.error, 'legal_hold')
  const stopped = await person.ask('DELETE', '/account', { password: person.password })
  assert.equal(stopped.status, 409)
  assert.equal(stopped.json.error, 'legal_hold')
  assert.match(stopped.json.basis, /民事诉讼法.*第六十七条/)
  assert.ok(stopped.json.until && stopped.json.appeal)
  assert.equal((await person.login()).status, 200, 'one can still log in')
  const archive = { account: 'zqheld' }
  assert.equal((await officer.ask('POST', `/admin/holds/${opened.json.id}/archive`, archive)).json.error, 'case_number_required')
  const waits = await officer.ask('POST', `/admin/holds/${opened.json.id}/archive`, { ...archive, reference: '(2026)7' })
  assert.equal(waits.status, 403)
  assert.equal(waits.json.error, 'approval_needed')
  assert.equal((await second.ask('POST', `/admin/approvals/${waits.json.approval}`, { decision: 'approve' })).status, 200)
  const read = await officer.ask('POST', `/admin/holds/${opened.json.id}/archive`, { ...archive, reference: '(2026)7' })
  assert.equal(read.status, 200, String(read.raw))
  assert.equal((await person.ask('GET', '/account/accesses')).json.accesses.length, 1, 'the person sees who looked')
  assert.equal(homeHolds('zqreason').length, 0)
  const unproved = s.alapi('hold', 'end', opened.json.id, '--by', 'officer', '--second', 'second')
  assert.deepEqual([unproved.code, /proves it with a code/.test(unproved.err)], [64, true], unproved.err)
  const wrong = await s.signed({ officer, second }, 'hold', 'end', opened.json.id, '--by', 'officer', '--second', 'officer')
  assert.equal(wrong.code, 1)
  const guessed = await s.signed({ officer, second: { recoveryCode: () => '000000' } }, 'hold', 'end', opened.json.id, '--by', 'officer', '--second', 'second')
  assert.equal(guessed.code, 1)
  assert.match(guessed.err, /the code of --second second/)
  assert.equal((await person.ask('GET', '/account/holds')).json.holds.length, 1, 'named is not proved: the hold stands')
  const ended = await s.signed({ officer, second }, 'hold', 'end', opened.json.id, '--by', 'officer', '--second', 'second')
  assert.equal(ended.code, 0, ended.err)
  await until(async () => (await person.ask('GET', '/account')).status === 401, 'the erasure that was asked for', 30000)
  await until(() => homeHolds('zqheld').length === 0, 'every byte of the person to go', 20000)
})

test('[S8c][D4][fault 21] a look at a person has a purpose, and is told', async () => {
  const looked = await enter('looked_at')
  const support = await enter('helper', 'support')
  const ask = (who, more) => who.ask('POST', '/admin/accesses', { account: 'looked_at', purpose: 'request', reference: 'T-1', ...more })
  assert.equal((await ask(support, { purpose: 'curiosity' })).json.error, 'purpose_not_allowed')
  assert.equal((await ask(support, { purpose: 'law' })).status, 403)
  assert.equal((await ask(support, { reference: '' })).status, 422)
  const seen = await ask(support, { purpose: 'support' })
  assert.deepEqual(Object.keys(seen.json.person), ['username', 'state', 'created'])
  assert.equal((await ask(looked)).status, 404)
  const told = (await looked.ask('GET', '/account/accesses')).json.accesses
  assert.deepEqual(told.map((a) => a.purpose), ['support'])
})

test('[T3][T4][T5][T6.2][fault 40] a document, two persons, its scope; the person and the public are told', async () => {
  const subject = await enter('subject')
  const folder = fs.mkdtempSync(path.join(s.home, 'docs-'))
  const write = (name, bytes) => { fs.writeFileSync(path.join(folder, name), bytes); return path.join(folder, name) }
  const record = (file, ...more) => s.signed({ officer }, 'disclosure', 'record', ...(file ? [file] : []), '--account', 'subject', '--authority', '某市公安局',
    '--type', 'inquiry', '--number', 'A-1', '--statute', '刑事诉讼法', '--scope', 'username', '--exception', '2',
    '--evidence', 'case_number=7', '--by', 'officer', ...more)
  const good = write('good.pdf', PDF)
  for (const [made, says] of [
    [await record(null), /document is missing/],
    [await record(write('a.pdf', 'PK\x03\x04')), /must be a PDF/],
    [await record(write('empty.pdf', '')), /empty/],
    [await record(write('poly.pdf', '%PDF-1.7\n<html><script>1</script>\n%%EOF\n')), /must be a PDF/],
    [await record(good, '--sha256', '0'.repeat(64)), /another SHA-256/],
    [await record(good, '--jurisdiction', 'US'), /foreign authority/],
    [await record(good, '--order-ends', day(-2)), /expired/],
  ]) {
    assert.equal(made.code, 1, made.out)
    assert.match(made.err, says)
  }
  const large = write('large.pdf', Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(10 << 20, 97), Buffer.from('\n%%EOF\n')]))
  assert.equal((await record(large)).code, 1)
  const made = await record(good, '--sha256', SHA)
  assert.equal(made.code, 0, made.err)
  const id = made.out.trim()
  const release = (fields) => officer.ask('POST', `/admin/disclosures/${id}/release`, { fields })
  assert.equal((await release('username')).json.error, 'approval_needed')
  const { json: { approvals } } = await second.ask('GET', '/admin/approvals')
  const waiting = approvals.find((a) => a.object === id)
  assert.equal((await officer.ask('POST', `/admin/approvals/${waiting.id}`, { decision: 'approve' })).json.error, 'four_eyes_required')
  assert.equal((await second.ask('POST', `/admin/approvals/${waiting.id}`, { decision: 'approve' })).status, 200)
  const wide = await release('username,email')
  assert.equal(wide.status, 422)
  assert.equal(wide.json.error, 'scope_too_wide')
  const given = await release('username')
  assert.deepEqual(given.json?.person, { username: 'subject' })
  assert.ok(s.mails().some((m) => m.includes('subject@example.com') && /account\/disclosures/.test(
    /base64/i.test(m) ? Buffer.from(m.split(/\r?\n\r?\n/).slice(1).join(''), 'base64').toString() : m)), 'a mail tells the person')
  const { json: { disclosures } } = await subject.ask('GET', '/account/disclosures')
  assert.equal(disclosures.length, 1)
  assert.equal(disclosures[0].authority, '某市公安局')
  const report = (await s.get('/transparency.json')).json
  const register = (await officer.ask('GET', '/admin/disclosures')).json.disclosures
  assert.equal(report.disclosures.reduce((n, l) => n + l.count, 0), register.length)
  assert.equal(register.length, 2, 'the released one, and the foreign one as refused')
  assert.match(String((await s.get('/transparency')).raw), /调查函/)
  fs.rmSync(folder, { recursive: true })
  assert.deepEqual(homeHolds('zqdocument'), [], 'documents are kept sealed')
})

test('[T4] a document over HTTP is refused with its own status', async () => {
  await enter('by_http')
  const fields = { account: 'by_http', authority: 'A', jurisdiction: 'CN', doc_type: 'inquiry', doc_no: '1', statute: 'S', scope: 'username',
    exception: '2', evidence: ['case_number=7'] }
  const ask = async (more) => { const a = await officer.ask('POST', '/admin/disclosures', { ...fields, ...more }); return [a.status, a.json.error] }
  assert.deepEqual(await ask({}), [422, 'legal_document_required'])
  assert.deepEqual(await ask({ document: Buffer.from('hello').toString('base64') }), [415, 'document_not_pdf'])
  assert.deepEqual(await ask({ document: PDF.toString('base64'), document_sha256: '0'.repeat(64) }), [409, 'document_mismatch'])
  assert.deepEqual(await ask({ document: PDF.toString('base64'), jurisdiction: 'US' }), [451, 'foreign_authority'])
  assert.deepEqual(await ask({ document: PDF.toString('base64'), exception: '8', evidence: [], statute: '' }), [422, 'exception_evidence_missing'])
  assert.deepEqual(await ask({ document: PDF.toString('base64'), exception: '' }), [422, 'exception_evidence_missing'])
})

test('[X2][X3][X6][X7] what is not true is not shown', async () => {
  const report = (await s.get('/transparency.json')).json
  assert.deepEqual(report.processors, [])
  assert.deepEqual(report.partners, [])
  assert.equal(report.on_call.always, false)
  const { claims } = (await s.get('/claims.json')).json
  assert.deepEqual(claims.map((c) => c.id).sort(), ['accounts', 'apis', 'availability', 'calls', 'developers', 'partners'])
  // A young installation has nothing to boast of but its APIs, once the prober has called them all.
  for (const c of claims.filter((one) => one.id !== 'apis')) assert.ok(!c.shown && !('value' in c), c.id)
  const apis = claims.find((c) => c.id === 'apis')
  if (apis.shown) assert.ok(apis.value >= 100 && Number.parseInt(apis.text, 10) <= apis.value, JSON.stringify(apis))
  const page = String((await s.get('/transparency')).raw)
  assert.ok(!page.includes('id="partners"') && /class="proof bad"/.test(page))
  const partner = { name: 'zqpartner', evidence_sha256: SHA, from: day(-2), until: day(2) }
  assert.equal((await officer.ask('POST', '/admin/partners', partner)).json.error, 'role_missing')
  assert.equal((await second.ask('POST', '/admin/partners', { ...partner, evidence_sha256: '' })).status, 422)
  assert.equal((await second.ask('POST', '/admin/partners', partner)).status, 201)
  assert.equal((await second.ask('POST', '/admin/partners', { ...partner, name: 'zqgone', until: day(-1) })).status, 201)
  const after = String((await s.get('/transparency')).raw)
  assert.ok(after.includes('zqpartner') && !after.includes('zqgone'))
  assert.equal((await second.ask('POST', '/admin/roster', { account: 'second', from: day(-2), until: day(9) })).status, 201)
  assert.equal((await s.get('/transparency.json')).json.on_call.always, true)
})

test('[T3][S8c] the doors to persons\' data have the callers they should have, and no others', () => {
  const callers = (word) => fs.readdirSync('src', { recursive: true }).filter((f) => /\.c$/.test(f) && !/_test\.c$/.test(f))
    .filter((f) => new RegExp(`\\b${word}\\s*\\(`).test(fs.readFileSync(path.join('src', f), 'utf8'))).sort()
  assert.deepEqual(callers('disclosure_release'), ['app/cmd_disclosure.c', 'domain/disclosure.c', 'site/disclosure_routes.c'])
  assert.deepEqual(callers('person_view_of'), ['domain/access.c', 'domain/disclosure.c', 'domain/person_view.c'])
  assert.deepEqual(callers('access_open'), ['domain/access.c', 'site/admin_routes.c'])
  const holdKey = fs.readdirSync('src', { recursive: true }).filter((f) => /\.c$/.test(f))
    .filter((f) => /\bKEY_HOLD\b/.test(fs.readFileSync(path.join('src', f), 'utf8')))
  assert.deepEqual(holdKey.filter((f) => !f.endsWith('_test.c')), ['domain/hold_archive.c', 'keyd/desk.c'])
})
