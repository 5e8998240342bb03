// connectors.test.mjs: every connector's file through the real door, against a stand-in that answers as the provider's
// documentation shows, and misbehaves; what becomes of failures, of what is kept, of charges, and what leaves the house.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { Server, alapi, freshHome, until } from '../support/server.mjs'
import { Provider, say } from '../support/provider.mjs'

const names = fs.readdirSync('conf/connectors').map((f) => f.replace(/\.conf$/, '')).sort()
const groupOf = (text) => /^group = (.*)$/m.exec(text)[1]
const files = new Map(names.map((n) => [n, fs.readFileSync(`conf/connectors/${n}.conf`, 'utf8')]))
const groups = new Map()
for (const [name, text] of files) groups.set(groupOf(text), [...(groups.get(groupOf(text)) ?? []), name])
const secret = 'secret-id secret-key-0123456789 third'
let p, s, token

// The shipped file, with the stand-in for each of its addresses: what an operator with a mirror of his own writes.
function mirrored(name) {
  const text = files.get(name)
  const sets = [...text.matchAll(/^(base|set \S+) = https:\/\/[^/\s]+(\S*)$/gm)].map(([, word, rest]) => `${word} = ${p.base(name)}${rest}`)
  const tables = [...text.matchAll(/^(map \S+ \S+) = https:\/\/[^/\s]+(\S*)$/gm)].map(([, word, rest]) => `${word} = ${p.base(name)}${rest}`)
  return [`like = ${name}`, ...sets, ...tables, 'private = yes', ''].join('\n')
}

function writeHome(home, list) {
  fs.mkdirSync(path.join(home, 'connectors'), { recursive: true })
  fs.mkdirSync(path.join(home, 'state/keys/connectors'), { recursive: true })
  for (const [name, text] of files) {
    const provider = /^provider = (.*)$/m.exec(text)[1]
    fs.writeFileSync(path.join(home, `connectors/${name}.conf`), mirrored(name))
    const key = path.join(home, `state/keys/connectors/${provider}.key`)
    if (!/^key = none$/m.test(text) && !fs.existsSync(key)) fs.writeFileSync(key, `${secret}\n`, { mode: 0o400 })
  }
  fs.writeFileSync(path.join(home, 'alapi.conf'), `connectors = ${list}\n`)
  if (process.getuid() === 0) spawnSync('chown', ['-R', 'www-data:', home]) // whom the server becomes
}

const everything = () => [...groups].map(([group, list]) =>
  `${group}: ${list.map((n) => n.slice(0, -group.length - 1)).join(', ')}`).join('; ')

test.before(async () => {
  p = await Provider.start()
  const home = freshHome()
  writeHome(home, everything())
  s = await Server.start({ home })
  s.alapi('plan', 'set', 'connected', '--rate', '0', '--quota-day', '100000')
  token = s.alapi('token', 'create', '--account', 'demo', '--plan', 'connected').out.trim()
  await until(async () => (await s.call('limits', {}, token)).status === 200, 'the token')
})
test.after(async () => { await s?.stop(); await p?.stop() })

const ask = (api, query, language = 'zh') => s.get(`/api/${api}?${query}`, { headers: { token, 'Accept-Language': language } })
const used = async () => {
  const day = (await s.call('limits', {}, token)).json.data.limits.find((l) => l.name === 'day')
  return day.limit - day.left
}
const describe = (api) => JSON.parse(alapi('api', 'show', api, '--json').out)

// The fields of the descriptor that stand right below a prefix, and the same of what is there.
function wanted(fields, prefix) {
  return fields.map((f) => f.name).filter((n) => n.startsWith(prefix) && n !== prefix)
    .map((n) => n.slice(prefix.length)).filter((n) => !/[.[]/.test(n))
}
function sameFields(fields, value, prefix, where) {
  if (value === null || value === undefined) return
  if (Array.isArray(value)) return value.forEach((item) => sameFields(fields, item, `${prefix}[].`, where))
  if (typeof value !== 'object') return
  const below = prefix === '' ? '' : prefix.endsWith('.') ? prefix : `${prefix}.`
  const names = wanted(fields, below)
  if (names.length === 0) return // the provider's own object
  assert.deepEqual(Object.keys(value), names, where)
  for (const n of names) sameFields(fields, value[n], `${below}${n}`, where)
}

const parts = (text) => [...text.matchAll(/^\[(?!step )(\S+)\]$/gm)].map(([, part]) => part)

test('every shipped connector is well formed and off until the operator says so', () => {
  const list = alapi('connector', 'list').out
  for (const name of names) {
    assert.match(list, new RegExp(`^${name} +off `, 'm'))
    assert.equal(alapi('connector', 'check', `conf/connectors/${name}.conf`).code, 0, name)
  }
})

// What providers say where they have nothing, do not like a parameter, or refuse the key.
const url = (name) => `input_type=url&input_data=${encodeURIComponent(`https://example.com/${name}.jpg`)}`
const saying = [ // [connector, API, query, what it answers (null: the stand-in's own), status, error]
  ['baidu-ocr', 'ocr/id_card', url('nothing'), null, 404, 'no_result'],
  ['baidu-ocr', 'ocr/id_card', url('broken'), null, 422, 'parameter_invalid'],
  ['baidu-ocr', 'ocr/bank-card', url('refused'), { error_code: 17, error_msg: 'Open api daily request limit reached' }, 503, 'source_unavailable'],
  ['openai-chat', 'chat/completions', 'model=none&messages=[{"role":"user","content":"x"}]', null, 422, 'parameter_invalid'],
  ['openai-chat', 'chat/completions', 'model=a&messages=[]', null, 422, 'parameter_invalid'],
  ['openai-chat', 'ai/couplet', 'keyword=aa', { status: 401, body: { error: { message: 'Incorrect API key' } } }, 503, 'source_unavailable'],
  ['openai-chat', 'ai/couplet', 'keyword=bb', { choices: [] }, 503, 'source_unavailable'],
  ['baidu-translate', 'fanyi', 'q=x&to=xx', null, 422, 'parameter_invalid'],
  ['deepl-translate', 'fanyi', 'q=x&to=xx', null, 422, 'parameter_invalid'],
  ['libretranslate-translate', 'fanyi', 'q=x&to=xx', null, 422, 'parameter_invalid'],
  ['baidu-asr', 'ai/quick_asr', 'base64=UklGRiQAAABXQVZF&format=amr', null, 404, 'no_result'],
  ['baidu-asr', 'ai/quick_asr', 'lang=zh', null, 422, 'parameter_missing'],
  ['volcengine-tts', 'tts/pro', 'text=x&voice_type=none', null, 422, 'parameter_invalid'],
  ['own-ocr', 'ocr/health-cert', url('nothing'), null, 404, 'no_result'],
]
async function saysOfQuestions(name) {
  for (const [, api, query, answer, status, error] of saying.filter(([of]) => of === name)) {
    if (answer) p.ways.set(name, (q, a) => say(a, answer.status ?? 200, JSON.stringify(answer.body ?? answer)))
    const before = await used(), a = await ask(api, query)
    assert.deepEqual([a.status, a.json.error], [status, error], `${name} ${api}: ${a.raw}`)
    assert.equal(await used(), before, 'a refusal is not charged')
    p.ways.delete(name)
  }
}

for (const [group, members] of groups)
  members.forEach((name, i) => test(`${name} answers each of its APIs with the fields of the reference`, async () => {
    members.forEach((m) => p.ways.set(m, m === name ? undefined : 'busy'))
    for (const part of parts(files.get(name))) {
      const api = describe(part)
      const a = await ask(part, api.examples[0].query, i % 2 ? 'en' : 'zh')
      assert.equal(a.status, 200, `${name} ${part}: ${a.raw}\n${p.of(name).slice(-2).map((q) => `${q.method} ${q.path}?${q.query} ${q.body}`).join('\n')}`)
      if (a.json === null) continue // text
      if (!a.json.request_id) { // bare: the provider's own form
        sameFields(api.fields, a.json, '', `${name} ${part} ${a.raw}`)
        continue
      }
      sameFields(api.fields, a.json.data, '', `${name} ${part} ${a.raw}`)
      const shown = api.examples[0].data
      assert.equal(Array.isArray(a.json.data), Array.isArray(shown), part)
      assert.ok(a.json.source.name, part)
      assert.equal(a.json.source.stale, false)
    }
    await saysOfQuestions(name)
    p.ways.clear()
  }))

test('without a provider each API exists and says which setting names one', () => {
  for (const api of JSON.parse(alapi('api', 'list', '--json').out).filter((e) => e.stands_on?.startsWith('a provider'))) {
    const query = new URLSearchParams(describe(api.path).examples[0].query)
    const said = alapi('call', api.path, ...[...query].map(([k, v]) => `${k}=${v}`))
    assert.notEqual(said.code, 0, api.path)
    assert.match(said.out + said.err, /no source yet.*setting connectors/s, api.path)
  }
})

test('nothing of the caller leaves the house: no address, token, account, agent', () => {
  assert.ok(p.asked.length > 10)
  for (const q of p.asked) {
    const all = JSON.stringify([q.path, String(q.query), q.headers, q.body])
    assert.ok(!all.includes(token), q.name)
    assert.doesNotMatch(all, /x-forwarded|x-real-ip|demo|cookie/i, q.name)
    assert.equal(q.headers['user-agent'] === 'alapi' || q.headers['user-agent']?.startsWith('alapi '), true, q.name)
  }
})

const weather = 'open-meteo-weather', next = 'qweather-weather'

test('what a provider does to us costs nothing: the next one is asked, and its answer counts', async () => {
  for (const way of ['error', 'refused', 'garbage', 'list', 'empty', 'deep', 'types', 'redirect', 'reset', 'endless', 'silent', 'busy']) {
    p.ways.set(weather, way)
    const before = p.of(next).length
    const a = await ask('tianqi', `city=${way}&lat=1&lon=2`)
    assert.equal(a.status, 200, `${way}: ${a.raw}`)
    assert.ok(p.of(next).length > before, way)
    assert.equal(a.json.source.name, '和风天气', way)
  }
})

test('a provider that failed three times in a row is left alone', async () => {
  const before = p.of(weather).length
  assert.equal((await ask('tianqi', 'city=alone')).status, 200)
  assert.equal(p.of(weather).length, before)
  assert.match(s.said, /event=provider_paused .*connector=open-meteo-weather/)
  assert.ok(!s.said.includes('secret-key'), 'no key is ever logged')
})

test('when all fail nothing is charged, and the answer says when to come back', async () => {
  p.ways.set(next, 'error')
  const before = await used()
  const a = await ask('tianqi', 'city=everybody')
  assert.equal(a.status, 502, a.raw)
  assert.equal(a.json.error, 'source_failed')
  assert.equal(a.json.usage, 0)
  await ask('tianqi', 'city=everybody2')
  await ask('tianqi', 'city=everybody3')
  const paused = await ask('tianqi', 'city=everybody4')
  assert.equal(paused.status, 503, paused.raw)
  assert.ok(Number(paused.headers['retry-after']) > 0)
  assert.equal(await used(), before)
})

test('the same question is answered from what was kept, whichever process is asked', async () => {
  const before = p.asked.length, first = await ask('tianqi', 'city=alone')
  for (let i = 0; i < 8; i++) assert.deepEqual((await ask('tianqi', 'city=alone')).json.data, first.json.data)
  assert.equal(p.asked.length, before)
})
