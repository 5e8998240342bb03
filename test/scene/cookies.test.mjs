// cookies.test.mjs: cookies and other tracking, from outside: what is set, what is not, and how it is undone.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { after, before, test } from 'node:test'
import { Person, Server } from '../support/server.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')
const REGISTER = [...fs.readFileSync(path.join(root, 'src/site/cookies.def'), 'utf8').matchAll(/^COOKIE\(\w+, "(\w+)", (\w+)/gm)]
  .map(([, name, category]) => ({ name, category }))
const page = { Accept: 'text/html,application/xhtml+xml' }
let s

before(async () => { s = await Server.start() })
after(() => s.stop())

const setsOf = (a) => (a.headers['set-cookie'] ?? []).map((line) => {
  const [pair, ...rest] = line.split('; ')
  return { name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), rest, line }
})
const origin = () => ({ Origin: `http://127.0.0.1:${s.port}`, 'Sec-Fetch-Site': 'same-origin' })
const form = (target, fields, headers = {}) => s.request('POST', target, { body: new URLSearchParams(fields).toString(),
  headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...origin(), ...page, ...headers } })
const choose = async (choice, more = {}) => setsOf(await form('/cookies', { choice, ...more })).find((c) => c.name === 'consent').value

// Every page that a link leads to, from the front page on.
async function crawl(headers, visit) {
  const seen = new Set(['/', '/cookies', '/feedback', '/policy', '/status']), queue = [...seen]
  while (queue.length) {
    const at = queue.shift(), a = await s.get(at, { headers: { ...page, ...headers } })
    if (a.status === 404 && at === '/transparency') continue
    visit(at, a)
    if (!String(a.headers['content-type']).startsWith('text/html')) continue
    for (const [, link] of a.raw.toString().matchAll(/<a [^>]*href="([^"]+)"/g)) {
      const target = link.replace(/#.*/, '')
      if (target.startsWith('/') && !seen.has(target)) { seen.add(target); queue.push(target) }
    }
  }
  return seen
}

test('[K1][K4] on all pages and with all choices only cookies of the register are set, and none without need', async () => {
  const choices = ['', `consent=${await choose('necessary')}`, `consent=${await choose('all')}`, 'consent=nonsense', 'unknown=1; sid=' + 'x'.repeat(43)]
  for (const Cookie of choices) {
    const seen = await crawl(Cookie ? { Cookie } : {}, (at, a) => {
      for (const c of setsOf(a)) assert.ok(REGISTER.some((r) => r.name === c.name), `${at} sets ${c.name}`)
      for (const c of setsOf(a)) assert.ok(REGISTER.find((r) => r.name === c.name).category === 'NECESSARY' || /Max-Age=0/.test(c.line), at)
    })
    assert.ok(seen.size >= 6)
  }
})

test('[K5][K10] one origin: no page loads, sends or allows anything else', async () => {
  await crawl({}, (at, a) => {
    if (!String(a.headers['content-type']).startsWith('text/html')) return
    assert.match(a.headers['content-security-policy'], /^default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'/, at)
    assert.equal(a.headers['referrer-policy'], 'no-referrer')
    assert.match(a.headers['permissions-policy'], /geolocation=\(\)/)
    for (const [, link] of a.raw.toString().matchAll(/<(?:script|link|img|iframe|form|source|video|audio)\b[^>]*?(?:src|href|action)="([^"]*)"/g))
      assert.ok(link.startsWith('/') && !link.startsWith('//'), `${at}: ${link}`)
    assert.doesNotMatch(a.raw.toString(), /<script(?! src="\/(account\/passkey|admin\/join)\.js"><\/script>)/, at)
  })
  const sources = spawnSync('grep', ['-rniE', 'third_?party', path.join(root, 'src/site'), path.join(root, 'CMakeLists.txt'), '--include=*.[ch]', '--include=*.def', '--include=CMakeLists.txt'], { encoding: 'utf8' })
  assert.doesNotMatch(sources.stdout, /ALLOW_THIRD_PARTY|option\(/)
  for (const c of (await s.get('/cookies.json')).json.cookies) assert.equal(c.party, 'first')
})

test('[K2] the page lists exactly the cookies of the request, with their meaning', async () => {
  const consent = await choose('save', { functional: 'on' })
  const a = await s.get('/cookies', { headers: { ...page, 'Accept-Language': 'en', Cookie: `consent=${consent}; theme=dark; sid=${'s'.repeat(43)}; evil=<img src=x onerror=alert(1)>` } })
  const html = a.raw.toString(), now = html.slice(html.indexOf('Your cookies now'), html.indexOf('/cookies/clear'))
  const rows = [...now.matchAll(/<tr><td><code>([^<]*)<\/code><\/td><td><code>([^<]*)<\/code><\/td><td>([^<]*)/g)].map((m) => m.slice(1))
  assert.deepEqual(rows.map((r) => r[0]), ['consent', 'theme', 'sid', 'evil'])
  assert.match(rows[0][2], /Strictly necessary, Functional; made at 20/)
  assert.equal(rows[1][1], 'dark')
  assert.equal(rows[2][1], 'ssss…', 'what logs one in is not shown')
  assert.match(rows[3][2], /Not set by this site/)
  assert.ok(!html.includes('<img'), 'a value is text')
  for (const { name } of REGISTER) assert.ok(html.includes(`<code>${name}</code>`))
  assert.equal(a.headers['cache-control'], 'no-store')
})

// As nginx asks: over the socket, which no client can reach.
function direct(target, headers) {
  return new Promise((resolve, reject) => {
    http.get({ socketPath: path.join(s.home, 'state/serve.sock'), path: target, headers: { Host: 'x', ...headers } }, (a) => { a.resume(); a.on('end', () => resolve(a)) }).on('error', reject)
  })
}

test('[K3] a cookie is HttpOnly, SameSite, small, and over TLS Secure with __Host-', async () => {
  const a = await form('/cookies', { choice: 'all' }, { 'X-Forwarded-Proto': 'https' })
  for (const c of setsOf(a)) {
    assert.ok(!c.name.startsWith('__Host-'), 'a client cannot claim to come over TLS')
    assert.ok(['HttpOnly', 'SameSite=Lax', 'Path=/'].every((x) => c.rest.includes(x)) && c.line.length < 4096, c.line)
    assert.ok(!c.rest.some((x) => x.startsWith('Domain')))
  }
  const tls = await direct('/account', { 'X-Forwarded-Proto': 'https', Cookie: `__Host-sid=${'x'.repeat(43)}` })
  const [expired] = setsOf(tls)
  assert.equal(expired.name, '__Host-sid')
  assert.ok(expired.rest.includes('Secure') && expired.rest.includes('Max-Age=0'))
  assert.match(tls.headers['strict-transport-security'], /max-age=31536000/)
})

test('[K4] refusing is as easy as accepting: one form, equal buttons, one click each, and it is remembered', async () => {
  const html = (await s.get('/feedback', { headers: page })).raw.toString()
  const ask = html.slice(html.indexOf('class="ask"'), html.indexOf('</form>', html.indexOf('class="ask"')))
  const buttons = [...ask.matchAll(/<button name="choice" value="(\w+)"([^>]*)>/g)]
  assert.deepEqual(buttons.map((b) => b[1]), ['all', 'necessary'])
  assert.ok(buttons.every((b) => b[2] === ''), 'no button is made to look like more')
  for (const choice of ['all', 'necessary']) {
    const a = await form('/cookies', { choice })
    assert.equal(a.status, 303)
    const consent = setsOf(a).find((c) => c.name === 'consent')
    assert.match(consent.line, /Max-Age=15552000/)
    const again = (await s.get('/feedback', { headers: { ...page, Cookie: `consent=${consent.value}` } })).raw.toString()
    assert.ok(!again.includes('class="ask"'), 'asked once')
    const [revision, ...rest] = consent.value.split('.')
    const other = [revision === '00000000' ? '00000001' : '00000000', ...rest].join('.')
    assert.ok((await s.get('/feedback', { headers: { ...page, Cookie: `consent=${other}` } })).raw.toString().includes('class="ask"'), 'asked again for another register')
  }
})

test('[K4][K3] a functional cookie is set only when its category and its value are chosen', async () => {
  const before = await form('/cookies/preferences', { lang: 'en', theme: 'dark' }, { Accept: '*/*' })
  assert.equal(before.status, 409)
  assert.equal(before.json.error, 'category_not_chosen')
  const no = await form('/cookies/preferences', { lang: 'en' }, { Accept: '*/*', Cookie: `consent=${await choose('necessary')}` })
  assert.equal(no.status, 409)
  const consent = await choose('save', { functional: 'on' })
  const yes = await form('/cookies/preferences', { lang: 'en', theme: 'dark' }, { Cookie: `consent=${consent}` })
  assert.deepEqual(setsOf(yes).map((c) => [c.name, c.value]), [['lang', 'en'], ['theme', 'dark']])
  const bad = await form('/cookies/preferences', { theme: '"><script>' }, { Accept: '*/*', Cookie: `consent=${consent}` })
  assert.equal(bad.status, 422)
  const html = (await s.get('/status', { headers: { ...page, 'Accept-Language': 'zh', Cookie: `consent=${consent}; lang=en; theme=dark` } })).raw.toString()
  assert.match(html, /<html lang="en" data-theme="dark">/)
  assert.match((await s.get('/status?lang=zh', { headers: { ...page, Cookie: `consent=${consent}; lang=en` } })).raw.toString(), /<html lang="zh-CN"/)
})

test('[K4] the choice of somebody who is logged in is kept, with a receipt', async () => {
  const p = new Person(s, 'cookie_person', 'cookie@example.com')
  assert.equal((await p.register()).status, 201)
  await p.login()
  const sid = p.cookie
  const a = await p.ask('POST', '/cookies', { choice: 'save', functional: true })
  assert.equal(a.status, 200, a.raw.toString())
  const { json } = await s.get('/account/consents', { headers: { Cookie: sid } })
  const kept = json.consents.find((c) => c.receipt === a.json.receipt)
  assert.deepEqual([kept.purpose, kept.act, kept.version], ['cookies', 'agree', `cookies-${a.json.revision}:necessary,functional`])
  assert.equal((await s.get('/account/tokens', { headers: { Cookie: sid } })).status, 200, 'the policy is agreed to as before')
})

test('[K7] what is turned off is gone with the next answer, and each cookie can be deleted', async () => {
  const a = await form('/cookies', { choice: 'save', functional: 'off' }, { Cookie: `consent=${await choose('all')}; lang=en; theme=dark` })
  const gone = setsOf(a).filter((c) => c.rest.includes('Max-Age=0')).map((c) => c.name)
  assert.deepEqual(gone.sort(), ['lang', 'theme'])
  for (const { name } of REGISTER) {
    const d = await form('/cookies/delete', { name })
    assert.deepEqual(setsOf(d).map((c) => [c.name, c.value, c.rest.includes('Max-Age=0')]), [[name, '', true]])
  }
  assert.equal((await form('/cookies/delete', { name: 'other' }, { Accept: '*/*' })).status, 422)
})

test('[K7][K8] everything is cleared at once, and the session ends at the server too', async () => {
  const p = new Person(s, 'clear_person', 'clear@example.com')
  await p.register()
  await p.login()
  const old = p.cookie
  const out = await s.request('POST', '/cookies/clear', { body: '', headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...origin(), ...page, Cookie: old } })
  assert.equal(out.status, 303)
  assert.equal(out.headers['clear-site-data'], '"cache", "cookies", "storage"')
  assert.deepEqual(setsOf(out).map((c) => c.name).sort(), REGISTER.map((r) => r.name).sort())
  assert.ok(setsOf(out).every((c) => c.rest.includes('Max-Age=0')))
  assert.equal((await s.get('/account', { headers: { Cookie: old } })).json.error, 'session_ended')
  await p.login()
  assert.match((await p.ask('POST', '/account/logout')).headers['clear-site-data'], /"storage"/)
})

test('[K9] with cookies off everything but logging in works, and the refusal says so', async () => {
  for (const at of ['/', '/policy', '/status', '/cookies', '/feedback', '/policy.json', '/status.json', '/openapi.json'])
    assert.equal((await s.get(at, { headers: page })).status, 200, at)
  const call = await s.call('lunar', { date: '2024-12-12' })
  assert.equal(call.status, 200)
  assert.equal(call.headers['set-cookie'], undefined, 'an API never sets one')
  const login = await s.get('/account/signin', { headers: { ...page, 'Accept-Language': 'en' } })
  assert.equal(login.status, 200)
  assert.match(login.raw.toString(), /Logging in needs one cookie \(the session\)/)
  const needed = await s.get('/account', { headers: page })
  assert.deepEqual([needed.status, needed.headers.location?.replace(/\?.*/, '')], [303, '/account/signin'])
})

test('[K10] two clients get the same bytes and no mark of their own', async () => {
  for (const at of ['/', '/policy', '/status.json', '/site.css', '/cookies', '/feedback']) {
    const ask = (ua, ip) => s.get(at, { headers: { ...page, 'User-Agent': ua, 'X-Forwarded-For': ip, 'If-None-Match': '"x"' } })
    const [a, b] = [await ask('one', '192.0.2.1'), await ask('two', '192.0.2.2')]
    const body = (x) => x.raw.toString().replace(/"uptime_s":\d+/, '').replace(/"lag_s":\d+/, '').replace(/"epoch":\d+/, '')
    assert.equal(body(a), body(b), at)
    assert.equal(a.headers.etag, b.headers.etag)
    assert.equal(a.headers['set-cookie'], undefined)
  }
  const scan = spawnSync('node', [path.join(root, 'tools/origins.mjs'), path.join(root, 'web')], { encoding: 'utf8' })
  assert.equal(scan.status, 0, scan.stderr)
})

test('[K10] a browser that asks not to be tracked is not asked, and gets what is necessary only', async () => {
  for (const signal of [{ 'Sec-GPC': '1' }, { DNT: '1' }]) {
    const html = (await s.get('/feedback', { headers: { ...page, ...signal } })).raw.toString()
    assert.ok(!html.includes('class="ask"'))
    const a = await form('/cookies', { choice: 'all' }, signal)
    assert.match(setsOf(a).find((c) => c.name === 'consent').value, /^[0-9a-f]{8}\.n\.\d+$/)
    const refused = await form('/cookies/preferences', { theme: 'dark' }, { ...signal, Accept: '*/*', Cookie: `consent=${await choose('all')}` })
    assert.equal(refused.json.error, 'category_not_chosen')
  }
})

test('[fault 44] many, huge, double and unknown cookies', async () => {
  const many = await s.get('/status.json', { headers: { Cookie: Array.from({ length: 200 }, (_, i) => `c${i}=1`).join('; ') } })
  assert.equal(many.status, 431)
  assert.equal(many.json.error, 'headers_too_large')
  const huge = await s.raw(`GET /cookies HTTP/1.1\r\nHost: x\r\nCookie: a=${'x'.repeat(1 << 20)}\r\nConnection: close\r\n\r\n`)
  assert.match(huge, /^HTTP\/1\.1 431 /)
  const p = new Person(s, 'double_person', 'double@example.com')
  await p.register()
  await p.login()
  const doubled = await s.get('/account', { headers: { Cookie: `${p.cookie}; sid=${'y'.repeat(43)}` } })
  assert.equal(doubled.status, 401, 'neither of two is believed')
  assert.ok(setsOf(doubled).some((c) => c.name === 'sid' && c.rest.includes('Max-Age=0')), 'and a new log-in begins clean')
  assert.equal((await s.get('/account', { headers: { Cookie: `${p.cookie}; other=1; __Host-x=2` } })).status, 200)
})

test('[fault 45][K1] a cookie without its category, or another origin in a page, stops the build', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'alapi-register-'))
  try {
    fs.mkdirSync(path.join(folder, 'site'))
    const def = fs.readFileSync(path.join(root, 'src/site/cookies.def'), 'utf8')
    const compile = (text) => {
      fs.writeFileSync(path.join(folder, 'site/cookies.def'), text)
      return spawnSync('gcc', ['-std=gnu2x', '-Wall', '-Werror', '-fsyntax-only', `-I${folder}`, `-I${root}/src`, `${root}/src/site/cookie.c`], { encoding: 'utf8' }).status
    }
    assert.equal(compile(def), 0)
    assert.notEqual(compile(def.replace('FUNCTIONAL, 180, "您选择的页面', 'ADVERTISING, 180, "您选择的页面')), 0, 'no such category')
    assert.notEqual(compile(def.replace('"lang", FUNCTIONAL,', '"lang",')), 0, 'no category')
    assert.notEqual(compile(def.replace('COOKIE(CONSENT,', 'COOKIE(CONSENT2,')), 0, 'a cookie that is not there cannot be set')
    const scan = (name, text) => {
      fs.writeFileSync(path.join(folder, name), text)
      return spawnSync('node', [path.join(root, 'tools/origins.mjs'), path.join(folder, name)]).status
    }
    assert.equal(scan('good.html', '<a href="https://www.12377.cn/">12377</a><img src="/x.png"><form action="/feedback">'), 0)
    for (const [i, bad] of ['<img src="https://t.example/p.gif">', '<script src="//cdn.example/x.js"></script>', '<link rel="stylesheet" href="https://fonts.example/f.css">',
      '<form action="https://x.example/">', '<script>alert(1)</script>', '<iframe src="/x">'].entries()) assert.equal(scan(`bad${i}.html`, bad), 1, bad)
    assert.equal(scan('bad.css', '@import "https://x.example/a.css";'), 1)
    assert.equal(scan('bad2.css', 'p { background: url(//x.example/a.png) }'), 1)
    assert.equal(scan('bad.js', 'localStorage.setItem("id", 1)'), 1)
    assert.equal(scan('bad2.js', 'fetch("https://x.example/")'), 1)
    assert.match(fs.readFileSync(path.join(root, 'CMakeLists.txt'), 'utf8'), /COMMAND \$\{NODE\} \$\{CMAKE_SOURCE_DIR\}\/tools\/origins\.mjs \$\{CMAKE_SOURCE_DIR\}\/web/)
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
})
