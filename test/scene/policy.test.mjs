// policy.test.mjs: the policy as a stranger and as a person see it, through nginx; and what a start refuses.
import test from 'node:test'
import assert from 'node:assert'
import fs from 'node:fs'
import path from 'node:path'
import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { ALAPI, Person, Server, freshHome } from '../support/server.mjs'

const NAME = '青鹭数据 & Co.', CONTACT = 'heron@example.com'

let server, person

test.before(async () => {
  const home = freshHome()
  fs.writeFileSync(path.join(home, 'alapi.conf'), `operator_name = ${NAME}\noperator_contact = ${CONTACT}\noperator_court = 青浦区人民法院\n`)
  server = await Server.start({ home, demo: false })
  person = new Person(server, 'reader', 'reader@example.com')
  assert.equal((await person.register()).status, 201)
  assert.equal((await person.login()).status, 200)
})
test.after(() => server?.stop())

const escaped = (t) => t.replaceAll('&', '&amp;')

// Every GET route that needs no part of a path, as the sources have them.
function routes() {
  const found = new Set()
  for (const file of fs.readdirSync('src/site').filter((f) => f.endsWith('_routes.c')))
    for (const [, where] of fs.readFileSync(path.join('src/site', file), 'utf8').matchAll(/\{"GET", "(\/[^"{]*)"/g)) found.add(where)
  return [...found]
}

// Every page that links and routes lead to, as the person who is logged in.
async function crawl() {
  const queue = [...routes(), '/policy/1', '/policy/1...2', '/policy?lang=en'], seen = new Map()
  for (let where; (where = queue.shift());) {
    if (seen.has(where) || seen.size > 400) continue
    const a = await server.get(where, { headers: { Accept: 'text/html', Cookie: person.cookie } })
    const isPage = (a.headers['content-type'] ?? '').startsWith('text/html')
    seen.set(where, { status: a.status, page: isPage ? a.raw.toString() : null, headers: a.headers })
    if (!isPage) continue
    for (const [, to] of a.raw.toString().matchAll(/<a [^>]*href="([^"#]+)/g)) {
      const url = new URL(to.replaceAll('&amp;', '&'), `http://here${where}`)
      if (url.host === 'here' && !url.pathname.startsWith('/docs')) queue.push(url.pathname + url.search)
    }
  }
  return seen
}

let pages

test('[I3] the policy is one click from every page', async () => {
  pages = await crawl()
  const html = [...pages].filter(([, p]) => p.page)
  assert.ok(html.length >= 25, [...pages.keys()].join(' '))
  for (const [where, { page }] of html) {
    assert.match(page, /<a [^>]*href="\/policy"/, where)
    assert.match(page, /<html lang="(zh-CN|en)">/, where)
  }
  assert.equal(pages.get('/policy').status, 200)
})

test('[I3] it is read without scripts, in Chinese and in English', async () => {
  const zh = (await server.get('/policy', { headers: { 'Accept-Language': 'zh-CN' } })).raw.toString()
  const en = (await server.get('/policy', { headers: { 'Accept-Language': 'en' } })).raw.toString()
  assert.ok(zh.includes('<html lang="zh-CN">') && en.includes('<html lang="en">'))
  for (const page of [zh, en]) {
    assert.ok(!/<script/i.test(page))
    assert.ok([...page.matchAll(/<p class="said" id="s-/g)].length > 100)
  }
})

test('[I3] its colours have the contrast of WCAG AA', () => {
  const css = fs.readFileSync('web/templates/site.css', 'utf8')
  const colours = (block) => Object.fromEntries([...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6})/g)].map((m) => [m[1], m[2]]))
  const light = colours(css.slice(0, css.indexOf('@media'))), dark = { ...light, ...colours(css.slice(css.indexOf('@media'), css.indexOf('body {'))) }
  const channel = (hex) => { const c = parseInt(hex, 16) / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4 }
  const bright = (c) => 0.2126 * channel(c.slice(1, 3)) + 0.7152 * channel(c.slice(3, 5)) + 0.0722 * channel(c.slice(5, 7))
  const ratio = (a, b) => { const [x, y] = [bright(a), bright(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05) }
  // Who chooses the dark look on a light system gets every colour of it.
  const blocks = [css.slice(css.indexOf('@media (prefers-color-scheme: dark)')), css.slice(css.indexOf(':root[data-theme="dark"]'))]
  const [system, chosen] = blocks.map((b) => colours(b.slice(0, b.indexOf('}'))))
  assert.deepEqual(chosen, system)
  for (const [name, set] of [['light', light], ['dark', dark]])
    for (const [front, back] of [['text', 'ground'], ['text', 'panel'], ['text', 'mark'], ['quiet', 'ground'], ['quiet', 'panel'], ['quiet', 'mark'], ['link', 'ground'], ['link', 'panel'],
      ['link', 'mark'], ['good', 'ground'], ['bad', 'ground'], ['good', 'good-ground'], ['bad', 'bad-ground'],
      ['ground', 'link'], ['ground', 'bad']]) // the last two: buttons
      assert.ok(set[front] && set[back] && ratio(set[front], set[back]) >= 4.5, `${name}: ${front} on ${back}: ${ratio(set[front], set[back]).toFixed(2)}`)
})

test('[I1][D1] who runs the service is told by every page from the configuration', () => {
  for (const [where, { page, status }] of pages) {
    if (!page || status !== 200) continue
    assert.ok(page.includes(escaped(NAME)), where)
    assert.ok(!page.includes('未配置') && !page.includes('localdomain'), where)
  }
  // The same in what leaves the house: every mail, and the export.
  const plain = (m) => /base64/i.test(m) ? Buffer.from(m.split(/\r?\n\r?\n/).slice(1).join(''), 'base64').toString() : m
  assert.ok(server.mails().length > 0)
  for (const mail of server.mails()) assert.ok(!/未配置|localdomain/.test(plain(mail)), mail)
  assert.ok(pages.get('/policy').page.includes(CONTACT) && pages.get('/policy').page.includes('青浦区人民法院'))
})

test('[I1] a start without a name or a contact is refused with 78 and one line', () => {
  for (const [line, word] of [['operator_name =', /operator_name/], ['operator_contact =', /operator_contact/], ['operator_contact = nobody', /operator_contact/]]) {
    const home = freshHome()
    fs.writeFileSync(path.join(home, 'alapi.conf'), `${line}\n`)
    const r = spawnSync(ALAPI, ['run', '--home', home, '--port', '1'], { encoding: 'utf8', timeout: 20000 })
    fs.rmSync(home, { recursive: true, force: true })
    assert.equal(r.status, 78, r.stderr)
    assert.equal(r.stderr.trim().split('\n').length, 1, r.stderr)
    assert.match(r.stderr, word)
  }
})

test('[H1] the dates on the page are those of /policy.json and of the archive', async () => {
  const { json } = await server.get('/policy.json')
  const archive = (await server.get('/policy/archive')).raw.toString()
  for (const page of [pages.get('/policy').page, archive])
    assert.ok(page.includes(`<dd>${json.published}</dd>`) && page.includes(`<dd>${json.effective}</dd>`))
})

test('[U14] a consent of any age leads to the text that was agreed to', async () => {
  const { json } = await person.ask('GET', '/account/consents')
  const consents = json.consents ?? json
  assert.ok(consents.length >= 1)
  const { json: policy } = await server.get('/policy.json')
  for (const consent of consents) {
    const hash = consent.text_hash ?? consent.digest
    const page = await server.get(`/policy/${hash}`)
    assert.equal(page.status, 200, JSON.stringify(consent))
    assert.equal(page.raw.toString(), (await server.get(`/policy/${consent.version}`)).raw.toString())
  }
  assert.equal(consents[0].version, policy.version)
})

test('[U14] every version can be downloaded, and its digest computed', async () => {
  const archive = (await server.get('/policy/archive')).raw.toString()
  const versions = [...archive.matchAll(/id="v-(\d+)"/g)].map((m) => m[1])
  assert.ok(versions.length >= 2)
  for (const v of versions) {
    const hash = createHash('sha256')
    for (const language of ['zh', 'en']) hash.update((await server.get(`/policy/archive/${v}.${language}.md`)).raw)
    assert.ok(archive.includes(hash.digest('hex')), v)
  }
})

test('a text is checked by the command before it is published', () => {
  const folder = freshHome()
  for (const language of ['zh', 'en']) fs.copyFileSync(`policy/2.${language}.md`, path.join(folder, `2.${language}.md`))
  const check = (file) => spawnSync(ALAPI, ['policy', 'check', path.join(folder, file)], { encoding: 'utf8' })
  const good = check('2.en.md')
  assert.equal(good.status, 0, good.stderr)
  assert.match(good.stdout, /\[c15\] cites gbt35273-2017, which was replaced/)
  const english = path.join(folder, '2.en.md')
  fs.writeFileSync(english, fs.readFileSync(english, 'utf8').replace('six months at most', 'six years at most').replace('**biometrics**', 'biometrics'))
  const bad = check('2.zh.md')
  assert.equal(bad.status, 1)
  assert.match(bad.stderr, /\[k9\]: the sentence is not the one that policy\/promises.toml was written for/)
  assert.match(bad.stderr, /\[d3\] en: a word for sensitive information is not in bold type/)
  assert.match(check('2.md').stderr, /named N.zh.md or N.en.md/)
  assert.equal(check('2.md').status, 64)
  assert.equal(check('3.zh.md').status, 1)
  fs.rmSync(folder, { recursive: true, force: true })
})
