// organisation.test.mjs: accounts that several persons share: who may do what, from outside, and nobody else.
import test from 'node:test'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { Person, Server, until } from '../support/server.mjs'

let server
const people = {}
const at = (org, rest = '') => `/account/organisations/${org}${rest}`

test.before(async () => {
  server = await Server.start()
  for (const name of ['owner', 'admin', 'developer', 'reader', 'stranger']) {
    const p = people[name] = new Person(server, `orga_${name}`, `orga_${name}@example.com`)
    assert.equal((await p.register()).status, 201)
    const entered = await p.login()
    assert.equal(entered.status, 200, entered.raw.toString())
    p.id = entered.json.account
  }
})
test.after(() => server.stop())

// The code of the newest invitation to an address.
function invitationTo(address) {
  return until(() => {
    const folder = path.join(server.home, 'outbox')
    for (const f of fs.readdirSync(folder).sort().reverse()) {
      const mail = fs.readFileSync(path.join(folder, f), 'utf8')
      const code = mail.includes(`To: ${address}\r\n`) && mail.match(/enter the code ([0-9A-Z]{10})/)?.[1]
      if (code) return code
    }
    return null
  }, `an invitation to ${address}`)
}

async function joined(org, inviter, person, role) {
  const sent = await inviter.ask('POST', at(org, '/invitations'), { email: person.email, role })
  assert.equal(sent.status, 202, sent.raw.toString())
  const accepted = await person.ask('POST', '/account/invitations', { code: await invitationTo(person.email), consent: 'membership' })
  assert.equal(accepted.status, 201, accepted.raw.toString())
  return accepted.json
}

async function organisation(name, owner = people.owner) {
  const made = await owner.ask('POST', '/account/organisations', { name })
  assert.equal(made.status, 201, made.raw.toString())
  return made.json.id
}

test('an organisation from its making to a call with its token', async () => {
  const { owner, admin, developer, reader } = people
  const org = people.org = await organisation('凌侠 Partners 有限公司')
  for (const [p, role] of [[admin, 'admin'], [developer, 'developer'], [reader, 'reader']]) {
    const a = await joined(org, owner, p, role)
    assert.deepEqual([a.id, a.role, a.name], [org, role, '凌侠 Partners 有限公司'])
  }
  const shown = (await reader.ask('GET', at(org))).json
  assert.deepEqual(shown.members.map((m) => [m.username, m.role, m.you]), [['orga_owner', 'owner', false], ['orga_admin', 'admin', false],
    ['orga_developer', 'developer', false], ['orga_reader', 'reader', true]])
  assert.ok(!JSON.stringify(shown).includes('@example.com'), 'members see names, not addresses')
  const made = await developer.ask('POST', at(org, '/tokens'), { name: 'shared' })
  assert.equal(made.status, 201, made.raw.toString())
  people.token = made.json
  const call = await server.call('uuid', {}, made.json.token)
  assert.equal(call.status, 200, call.raw.toString())
  const tokens = (await reader.ask('GET', at(org, '/tokens'))).json.tokens
  assert.deepEqual(tokens.map((t) => t.name), ['shared'])
  assert.ok(!JSON.stringify(tokens).includes(made.json.token))
  await until(async () => (await admin.ask('GET', at(org, '/usage'))).json.calls === 1, 'the call to be counted', 20000)
  assert.equal((await developer.ask('GET', '/account/usage')).json.calls, 0, 'it is the organisation\'s, not his')
  assert.equal((await developer.ask('GET', '/account/tokens')).json.tokens.length, 0)
  assert.equal((await owner.ask('PATCH', at(org, `/tokens/${made.json.id}`), { name: 'ours' })).json.name, 'ours')
})

test('[fault 20] who has no place in an organisation learns nothing of it', async () => {
  const { org, owner, stranger, token } = people
  const other = await organisation('Elsewhere Ltd.', stranger)
  const own = (await stranger.ask('POST', at(other, '/tokens'), { name: 'theirs' })).json
  const nothing = '1234567890123456789'
  const rows = [
    ['GET', (o) => at(o)], ['PATCH', (o) => at(o), { name: 'mine now' }], ['GET', (o) => at(o, '/tokens')],
    ['POST', (o) => at(o, '/tokens'), { name: 'x' }], ['PATCH', (o) => at(o, `/tokens/${token.id}`), { name: 'x' }],
    ['DELETE', (o) => at(o, `/tokens/${token.id}`)], ['GET', (o) => at(o, '/usage')], ['GET', (o) => at(o, '/invitations')],
    ['POST', (o) => at(o, '/invitations'), { email: stranger.email, role: 'admin' }], ['DELETE', (o) => at(o, '/invitations/1')],
    ['PATCH', (o) => at(o, `/members/${stranger.id}`), { role: 'owner' }], ['DELETE', (o) => at(o, `/members/${owner.id}`)],
    ['PATCH', (o) => at(o, `/members/${owner.id}`), { role: 'reader' }],
  ]
  for (const [method, where, body] of rows) {
    const real = await stranger.ask(method, where(org), body), none = await stranger.ask(method, where(nothing), body)
    assert.deepEqual([real.status, real.json.error, real.json.detail], [404, 'not_found', none.json.detail], `${method} ${where(org)}`)
    assert.equal(none.status, 404)
  }
  for (const [method, body] of [['PATCH', { name: 'x' }], ['DELETE', undefined]]) {
    assert.equal((await stranger.ask(method, at(other, `/tokens/${token.id}`), body)).status, 404, 'another\'s token through an own organisation')
    assert.equal((await owner.ask(method, at(org, `/tokens/${own.id}`), body)).status, 404)
    assert.equal((await owner.ask(method, `/account/tokens/${token.id}`, body)).status, 404, 'nor is it his own')
  }
  assert.equal((await stranger.ask('PATCH', at(other, `/members/${owner.id}`), { role: 'owner' })).status, 404)
  assert.equal((await owner.ask('GET', at(owner.id))).status, 404, 'a person is no organisation')
  assert.equal((await stranger.ask('GET', '/account/organisations')).json.organisations.length, 1)
  assert.equal((await stranger.ask('GET', '/admin/organisations')).status, 404)
  assert.equal((await stranger.ask('PUT', `/admin/organisations/${other}/verification`, { evidence: 'me' })).status, 404)
  assert.equal((await server.call('uuid', {}, token.token)).status, 200, 'and nothing was changed')
  await stranger.ask('DELETE', at(other))
})

test('[fault 20] each role may do what the table says, and no more', async () => {
  const { org, owner, token } = people
  const rows = [ // what, reader, developer, admin, owner
    [(p) => p.ask('GET', at(org)), 200, 200, 200, 200],
    [(p) => p.ask('GET', at(org, '/tokens')), 200, 200, 200, 200],
    [(p) => p.ask('GET', at(org, '/usage')), 200, 200, 200, 200],
    [(p) => p.ask('POST', at(org, '/tokens'), { name: 'more' }), 403, 201, 201, 201],
    [(p) => p.ask('PATCH', at(org, `/tokens/${token.id}`), { name: 'renamed' }), 403, 200, 200, 200],
    [(p) => p.ask('GET', at(org, '/invitations')), 403, 403, 200, 200],
    [(p) => p.ask('POST', at(org, '/invitations'), { email: `by_${p.name}@example.com`, role: 'reader' }), 403, 403, 202, 202],
    [(p) => p.ask('PATCH', at(org), { name: '凌侠 Partners' }), 403, 403, 200, 200],
    [(p) => p.ask('PATCH', at(org, `/members/${people.reader.id}`), { role: 'reader' }), 403, 403, 200, 200],
    [(p) => p.ask('PATCH', at(org, `/members/${owner.id}`), { role: 'owner' }), 403, 403, 403, 200],
    [(p) => p.ask('PATCH', at(org, `/members/${people.admin.id}`), { role: p === owner ? 'admin' : 'owner' }), 403, 403, 403, 200],
  ]
  for (const [i, [does, ...wanted]] of rows.entries()) {
    for (const [n, role] of ['reader', 'developer', 'admin', 'owner'].entries()) {
      const a = await does(people[role])
      assert.equal(a.status, wanted[n], `row ${i}, ${role}: ${a.raw}`)
      if (wanted[n] === 403) assert.equal(a.json.error, 'role_missing')
    }
  }
  assert.equal((await people.admin.ask('DELETE', at(org))).status, 403)
  const last = await owner.ask('DELETE', at(org, `/members/${owner.id}`))
  assert.deepEqual([last.status, last.json.error], [409, 'last_owner'])
})

test('an invitation works once, for whoever has it and agrees', async () => {
  const { org, owner, stranger } = people
  await owner.ask('POST', at(org, '/invitations'), { email: 'new.colleague@example.com', role: 'reader' })
  const code = await invitationTo('new.colleague@example.com')
  const refused = await stranger.ask('POST', '/account/invitations', { code })
  assert.deepEqual([refused.status, refused.json.error], [422, 'consent_required'])
  const both = await Promise.all([0, 1, 2].map(() => stranger.ask('POST', '/account/invitations', { code, consent: 'membership' })))
  assert.deepEqual(both.map((a) => a.status).sort(), [201, 410, 410])
  assert.equal((await stranger.ask('DELETE', at(org, `/members/${stranger.id}`))).status, 204, 'he may leave at any time')
  assert.equal((await stranger.ask('GET', at(org))).status, 404)
  const withdrawn = (await owner.ask('POST', at(org, '/invitations'), { email: 'too.late@example.com', role: 'reader' })).json
  const open = (await owner.ask('GET', at(org, '/invitations'))).json.invitations
  assert.ok(open.some((i) => i.id === withdrawn.id && i.contact === 'too.late@example.com'))
  const late = await invitationTo('too.late@example.com')
  assert.equal((await owner.ask('DELETE', at(org, `/invitations/${withdrawn.id}`))).status, 204)
  assert.equal((await stranger.ask('POST', '/account/invitations', { code: late, consent: 'membership' })).status, 410)
  const wrong = await owner.ask('POST', at(org, '/invitations'), { email: 'x@example.com\r\nBcc: y@example.com', role: 'reader' })
  assert.deepEqual([wrong.status, wrong.json.error], [422, 'email_invalid'])
})

test('who is removed has no way in, and the shared token lives on', async () => {
  const { org, owner, developer, token } = people
  assert.equal((await owner.ask('DELETE', at(org, `/members/${developer.id}`))).status, 204)
  assert.equal((await developer.ask('GET', at(org, '/tokens'))).status, 404)
  assert.equal((await server.call('uuid', {}, token.token)).status, 200)
})

test('[S5] a last owner leaves the service freely: his place passes on, or the organisation goes with him', async () => {
  const { org, owner, admin, reader, token } = people
  const alone = await organisation('Only mine')
  const mine = (await owner.ask('POST', at(alone, '/tokens'), { name: 'mine' })).json
  const told = (await owner.ask('GET', '/account/organisations')).json.organisations
  assert.deepEqual(Object.fromEntries(told.map((o) => [o.id, o.when_you_leave_the_service])), { [org]: 'passes_on', [alone]: 'ends' })
  const exported = (await owner.ask('GET', '/account/export')).json
  assert.deepEqual(exported.organisations.map((o) => o.id).sort(), [org, alone].sort())
  assert.ok(Array.isArray(exported.deliveries))
  const gone = await owner.ask('DELETE', '/account', { password: owner.password })
  assert.equal(gone.status, 200, gone.raw.toString())
  assert.equal((await admin.ask('GET', at(org))).json.role, 'owner')
  assert.ok(server.mails().some((m) => m.includes(admin.email) && m.includes('you are its owner now')))
  assert.equal((await server.call('uuid', {}, mine.token)).status, 401, 'what was only his is gone with him')
  assert.equal((await server.call('uuid', {}, token.token)).status, 200)
  const ended = await admin.ask('DELETE', at(org))
  assert.equal(ended.status, 200, ended.raw.toString())
  assert.ok(ended.json.receipt)
  assert.equal((await server.call('uuid', {}, token.token)).status, 401)
  assert.equal((await reader.ask('GET', at(org))).status, 404)
  assert.ok(server.mails().some((m) => m.includes(reader.email) && m.includes('its tokens no longer work')))
  assert.equal((await reader.ask('GET', '/account')).status, 200, 'its members stay')
})
