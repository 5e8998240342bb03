// pages.test.mjs: a whole life by pages alone, as a browser without JavaScript leads it: registering, the account, a
// token, consents, correcting, leaving; and what is wrong stands beside its field.
import test, { after, before } from 'node:test'
import assert from 'node:assert/strict'
import { Person, Server } from '../support/server.mjs'
import { totp } from '../support/authenticator.mjs'

const PASSWORD = 'correct horse battery staple 9'
let s, version
before(async () => { s = await Server.start(); version = (await s.get('/policy.json')).json.version })
after(() => s?.stop())

// A browser: forms and cookies, no script.
function browser(language = 'en') {
  const jar = new Person(s, 'nobody', 'nobody@example.com')
  const keep = (a) => { for (const set of a.headers['set-cookie'] ?? []) jar.keep(set); return { ...a, page: String(a.raw) } }
  const headers = () => ({ Accept: 'text/html', 'Accept-Language': language, Cookie: jar.cookie, 'Sec-Fetch-Site': 'same-origin' })
  return {
    get: async (where) => keep(await s.get(where, { headers: headers() })),
    post: async (where, fields) => keep(await s.request('POST', where, { body: new URLSearchParams(fields).toString(),
      headers: { ...headers(), 'Content-Type': 'application/x-www-form-urlencoded' } })),
  }
}
const formOf = (name, more = {}) => ({ username: name, email: `${name}@example.com`, phone: '', password: PASSWORD, age: 'adult',
  consent: version, guardian_email: '', guardian_phone: '', ...more })
const flowOf = (page) => page.match(/name="flow" value="([^"]+)"/)[1]
async function join(b, name, more) {
  const asked = await b.post('/account/join', formOf(name, more))
  assert.equal(asked.status, 200, asked.page)
  const code = await new Person(s, name, `${name}@example.com`).code()
  const done = await b.post('/account/join/code', { flow: flowOf(asked.page), code })
  assert.match(done.page, /Your account is there/)
  assert.equal((await b.post('/account/signin', { login: name, password: PASSWORD })).headers.location, '/account')
}

test('[I3][I4] registering: the summary and the text, the box unticked, nothing without it', async () => {
  const b = browser(), { page } = await b.get('/account/join')
  assert.match(page, /The privacy policy in short/)
  assert.ok([...page.matchAll(/<p class="said" id="s-/g)].length > 100, 'the whole text is on the page')
  assert.ok(page.includes('<strong class="sens">'), 'what is sensitive is bold')
  assert.match(page, new RegExp(`name="consent" value="${version}">`))
  assert.doesNotMatch(page, /name="consent"[^>]*checked/)
  const { consent, ...unticked } = formOf('zqunticked')
  const refused = await b.post('/account/join', unticked)
  assert.equal(refused.status, 422)
  assert.match(refused.page, /name="consent" value="\d+" aria-invalid="true"/)
  assert.match(refused.page, /id="username"[^>]*value="zqunticked"/, 'what was typed is there again')
  assert.doesNotMatch(refused.page, new RegExp(PASSWORD), 'but for the password')
  assert.equal((await b.post('/account/join', formOf('zqunticked', { consent: '1' }))).status, 409, 'an old version is none')
  assert.ok(!s.mails().some((m) => m.includes('zqunticked')))
})

test('what is wrong stands beside its field, in either language, and every field has a label', async () => {
  for (const [language, words] of [['en', /The password is too weak|password/i], ['zh', /密码太弱/]]) {
    const a = await browser(language).post('/account/join', formOf(`weak_${language}`, { password: 'short' }))
    assert.equal(a.status, 422)
    assert.match(a.page, /id="password"[^>]*aria-invalid="true" autofocus>/)
    assert.match(a.page.match(/id="password-hint">[\s\S]*?<\/p>/)[0], words)
  }
  for (const where of ['/account/join', '/account/signin', '/account/forgotten', '/feedback']) {
    const { page } = await browser().get(where)
    for (const [input] of page.matchAll(/<(?:input|textarea|select)\b[^>]*>/g)) {
      if (/type="(hidden|radio|checkbox)"/.test(input)) continue
      const id = input.match(/\bid="([^"]+)"/)?.[1]
      const inside = page.slice(0, page.indexOf(input)).lastIndexOf('<label') > page.slice(0, page.indexOf(input)).lastIndexOf('</label')
      assert.ok(inside || /aria-label=/.test(input) || page.includes(`for="${id}"`), `${where}: ${input}`)
    }
  }
})

test('[C4][C5][C6][K9] a life by forms: joined with one contact, token, consent, correction, everything seen, gone', async () => {
  const b = browser()
  await join(b, 'formlife')
  const account = await b.get('/account')
  assert.match(account.page, /formlife@example\.com/)
  for (const where of ['/account/tokens', '/account/security', '/account/data', '/account/consents', '/account/erasure', '/cookies', '/feedback'])
    assert.ok(account.page.includes(`href="${where}"`), where)
  const made = await b.post('/account/tokens/form', { action: 'create', name: 'from a form' })
  const token = made.page.match(/alk_live_\w+/)[0]
  assert.equal((await s.call('uuid', {}, token)).status, 200)
  assert.doesNotMatch((await b.get('/account/tokens')).page, /alk_live_\w{20}/, 'shown once')
  assert.equal((await b.post('/account/consents', { purpose: 'news', act: 'agree' })).headers.location, '/account/consents')
  const consents = (await b.get('/account/consents')).page, receipt = consents.match(/href="(\/receipts\/[\w-]+)"/)[1]
  assert.match(consents, /To get product news by e-mail <strong>\(on\)/)
  assert.match((await b.get(receipt)).page, /The signed checkpoint/)
  assert.equal((await b.post('/account/details', { action: 'username', username: 'formlife2' })).status, 200)
  assert.match((await b.get('/account')).page, /formlife2/)
  const wrong = await b.post('/account/details', { action: 'password', current_password: 'not it at all, no', password: 'another good long one 7' })
  assert.match(wrong.page, /id="current"[^>]*aria-invalid="true"/)
  assert.match((await b.get('/account/data')).page, /formlife2/)
  assert.match((await b.get('/account/erasure')).page, /What is deleted[\s\S]*What is left/)
  assert.equal((await b.post('/account/erasure', { password: 'wrong wrong wrong wrong' })).status, 401)
  const gone = await b.post('/account/erasure', { password: PASSWORD })
  assert.match(gone.page, /The account is cancelled/)
  assert.match((await b.get(gone.page.match(/href="(\/receipts\/[\w-]+)"/)[1])).page, /eras/)
  assert.equal((await b.get('/account')).headers.location, '/account/signin')
  assert.equal((await s.call('uuid', {}, token)).status, 401)
})

test('[D4] a person of 14 to 17 is refused every optional purpose, by page and by request', async () => {
  const b = browser()
  await join(b, 'teenager', { age: 'teen' })
  for (const purpose of ['news', 'transfer'])
    assert.equal((await b.post('/account/consents', { purpose, act: 'agree' })).status, 409, purpose)
  assert.doesNotMatch((await b.get('/account/consents')).page, /\(on\)/)
})

test('the key of an authenticator is shown once, as a picture that says the same as the letters', async () => {
  const b = browser()
  await join(b, 'pictured')
  const { page } = await b.post('/account/security', { action: 'totp' })
  const seed = page.match(/<code>([A-Z2-7]{32})<\/code>/)[1], path = page.match(/<path fill="#000" d="([^"]+)"/)[1]
  const side = Number(page.match(/viewBox="0 0 (\d+) /)[1])
  // The three corners that every code has: dark rings of seven modules, four of white around.
  const dark = new Set([...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map((m) => `${m[1]},${m[2]}`))
  for (const [x, y] of [[4, 4], [side - 11, 4], [4, side - 11]])
    for (let i = 0; i < 7; i++) assert.ok(dark.has(`${x + i},${y}`) && dark.has(`${x},${y + i}`) && dark.has(`${x + 6},${y + i}`))
  assert.ok([...dark].every((at) => at.split(',').every((n) => n >= 4 && n < side - 4)), 'white around')
  assert.doesNotMatch((await b.get('/account/security')).page, new RegExp(seed), 'shown once')
  const on = await b.post('/account/security', { action: 'totp_confirm', code: totp(seed) })
  assert.equal(on.status, 200)
  assert.match((await b.post('/account/security', { action: 'recovery' })).page, /(<li><code>[\w-]+<\/code><\/li>\s*){10}/)
})
