// connectors.test.mjs: every connector's file through the real door, against a stand-in that answers as the provider's
// documentation shows, and misbehaves; what becomes of failures, of what is kept, of charges, and what leaves the house.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { Server, alapi, freshHome, until } from '../support/server.mjs'
import { Provider, say } from '../support/provider.mjs'
import { replies } from '../support/provider_replies.mjs'

const names = fs.readdirSync('conf/connectors').map((f) => f.replace(/\.conf$/, '')).sort()
const groupOf = (text) => /^group = (.*)$/m.exec(text)[1]
const files = new Map(names.map((n) => [n, fs.readFileSync(`conf/connectors/${n}.conf`, 'utf8')]))
const groups = new Map()
for (const [name, text] of files) groups.set(groupOf(text), [...(groups.get(groupOf(text)) ?? []), name])
const secret = 'secret-id secret-key-0123456789 third'
let p, s, token

const about = ['ocr', 'asr', 'tts', 'chat', 'translate'] // persons

// The shipped file, with the stand-in for each of its addresses: what an operator with a mirror of his own writes.
function mirrored(name) {
  const text = files.get(name)
  const sets = [...text.matchAll(/^(base|set \S+) = https?:\/\/[^/\s]+(\S*)$/gm)].map(([, word, rest]) => `${word} = ${p.base(name)}${rest}`)
  const tables = [...text.matchAll(/^(map \S+ \S+) = https:\/\/[^/\s]+(\S*)$/gm)].map(([, word, rest]) => `${word} = ${p.base(name)}${rest}`)
  // An operator may ask for keeping: with what is about persons in vain. Elsewhere nothing is kept here, so that each provider of
  // a group is asked itself; the weather tries the keeping.
  const keep = groupOf(text) === 'weather' ? [] : about.includes(groupOf(text)) ? ['keep_s = 600', 'stale_s = 600'] : ['keep_s = 0']
  return [`like = ${name}`, ...sets, ...tables, ...keep, 'private = yes', ''].join('\n')
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

// Another server of our kind answers with the documented example.
for (const name of names.filter((n) => n.startsWith('peer-')))
  replies[name] = parts(files.get(name)).map((part) => [`/api/${part}`, { request_id: '1', success: true, message: 'success', code: 200,
    data: describe(part).examples[0].data, time: 1, usage: 1 }])

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
function describe(api) { return JSON.parse(alapi('api', 'show', api, '--json').out) }

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

function parts(text) { return [...text.matchAll(/^\[(?!step )(\S+)\]$/gm)].map(([, part]) => part) }

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
  ['tophub-news', 'tophub', 'id=none', null, 404, 'no_result'],
  ['dailyhot-news', 'tophub', 'id=none', null, 404, 'no_result'],
  ['tianapi-news', 'new/hanfu', 'page=900', null, 404, 'no_result'],
  ['juhe-news', 'new/toutiao', 'page=49', null, 404, 'no_result'],
  ['feed-news', 'new/toutiao', 'type=8', null, 422, 'parameter_invalid'],
  ['daily-zhihu', 'zhihu/get', 'date=2012-01-01', null, 422, 'parameter_invalid'],
  ['daily-zhihu', 'zhihu/news', 'id=5', null, 404, 'no_result'],
  ['bilibili-video', 'bilibili/cover', 'c=av1', null, 404, 'no_result'],
  ['bilibili-video', 'bilibili/cover', 'c=av2', null, 503, 'source_unavailable'],
  ['bilibili-video', 'bilibili/cover', 'c=hello', null, 422, 'parameter_invalid'],
  ['doutula-sticker', 'doutu', 'keyword=a&page=200', null, 404, 'no_result'],
  ['giphy-sticker', 'doutu', 'keyword=a&page=3', null, 404, 'no_result'],
  ['netease-music', 'music/lyric', 'id=404', null, 404, 'no_result'],
  ['netease-music', 'music/detail', 'id=404', null, 404, 'no_result'],
  ['netease-music', 'music/search', 'keyword=a&page=2', null, 503, 'source_unavailable'],
  ['own-ocr', 'ocr/id_card', 'input_type=base64&input_data=aGVsbG8%3D', null, 422, 'parameter_invalid'], // no picture
  ['own-ocr', 'ocr/id_card', 'input_type=url&input_data=file%3A%2F%2F%2Fetc%2Fpasswd', null, 422, 'parameter_invalid'],
  ['own-ocr', 'ocr/bank-card', 'input_type=url', null, 422, 'parameter_missing'],
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

test('what says something about a person is asked anew each time and never kept', async () => {
  const questions = [['own-ocr', 'ocr/health-cert', url('kept')], ['volcengine-tts', 'tts/pro', 'text=kept'],
    ['baidu-asr', 'ai/quick_asr', 'base64=UklGRiQAAABXQVZF'],
    ['libretranslate-translate', 'fanyi', 'q=kept']]
  for (const [name, api, query] of questions) {
    for (const other of groups.get(groupOf(files.get(name)))) if (other !== name) p.ways.set(other, 'busy')
    const before = p.of(name).length
    assert.equal((await ask(api, query)).status, 200, api)
    const once = p.of(name).length - before
    assert.equal((await ask(api, query)).status, 200, api)
    assert.equal(p.of(name).length - before, 2 * once, api)
    p.ways.set(name, 'error')
    const failed = await ask(api, query)
    assert.ok(failed.status >= 500, `${api} gave something kept: ${failed.raw}`)
    p.ways.clear()
  }
})

test('a picture in base64 goes to the provider as it is, without the head of a data: address', async () => {
  const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]).toString('base64')
  const q = new URLSearchParams({ input_type: 'base64', input_data: `data:image/png;base64,${picture}` })
  assert.equal((await ask('ocr/health-cert', q)).status, 200)
  assert.deepEqual(JSON.parse(p.of('own-ocr').at(-1).body), { document: 'health-cert', image: picture })
})

test('a client of the chat form reads the answer as the model gives it', async () => {
  for (const name of groups.get('chat')) p.ways.set(name, name === 'openai-chat' ? undefined : 'busy')
  const body = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'a {name} "b"' }], temperature: 0.5, stream: false }
  const a = await s.call('chat/completions', body, token)
  assert.equal(a.status, 200, String(a.raw))
  assert.equal(a.json.choices[0].message.role, 'assistant')
  const sent = JSON.parse(p.of('openai-chat').at(-1).body)
  assert.deepEqual(sent, { model: 'gpt-4o-mini', messages: body.messages, temperature: 0.5 })
  p.ways.clear()
})

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

test('parcels, filings, identities: what there is not is no_result, and what cannot be is refused before anybody is asked', async () => {
  const before = p.asked.length
  for (const [api, query, parameter] of [['kd', 'number=YT1234&com=nobody', 'com'], ['kd', 'number=a%20b%20c', 'number'],
    ['verfiy/idcard', 'idcard=110105194912310021&name=xy', 'idcard'], ['verify/telecom2', 'name=xy&phone=10086123456', 'phone'],
    ['phonecheck', 'mobiles=13800138000,1', 'mobiles'], ['star', 'star=nosuch', 'star']]) {
    const a = await ask(api, query)
    assert.equal(a.status, 422, `${api} ${a.raw}`)
    assert.ok(a.raw.includes(parameter), a.raw)
    assert.equal(a.json.usage, 0)
  }
  assert.equal(p.asked.length, before)
})

// A server without peers, whose providers have not failed yet.
async function freshServer(list) {
  const home = freshHome()
  writeHome(home, list)
  const own = await Server.start({ home })
  own.alapi('plan', 'set', 'connected', '--rate', '0', '--quota-day', '100000')
  const pass = own.alapi('token', 'create', '--account', 'demo', '--plan', 'connected').out.trim()
  await until(async () => (await own.call('limits', {}, pass)).status === 200, 'the token')
  return { own, ask: (api, query) => own.get(`/api/${api}?${query}`, { headers: { token: pass } }) }
}

test('what a provider does not have is no_result; a parcel goes to the carrier that is named or guessed, with four digits of a phone', async (t) => {
  const { own, ask } = await freshServer('parcel: kuaidi100; coin: okx; icp: icpquery; identity: juhe')
  t.after(() => own.stop())
  for (const [api, query] of [['kd', 'number=NOTHING00'], ['crypto_currency', 'inst=no-no'], ['icp', 'domain=nowhere.example'],
    ['verify/idcard', `idcard=11010519491231002x&name=${encodeURIComponent('无名')}`]]) {
    const a = await ask(api, query)
    assert.equal(a.status, 404, `${api} ${a.raw}`)
    assert.equal(a.json.error, 'no_result')
  }
  const from = p.asked.length
  const a = await ask('kd', 'number=YT7777777&phone=13800138000')
  assert.equal(a.status, 200, a.raw)
  assert.equal(a.json.data.com, 'yuantong')
  const sent = new URLSearchParams(p.asked.at(-1).body).get('param')
  assert.deepEqual(JSON.parse(sent), { com: 'yuantong', num: 'YT7777777', phone: '8000' })
  assert.deepEqual(p.asked.slice(from).map((q) => q.path), ['/autonumber/auto', '/poll/query.do'])
  const named = await ask('kd', 'number=YT7777778&com=SF')
  assert.equal(named.json.data.com, 'shunfeng')
})
