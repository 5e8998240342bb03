// data.test.mjs: what is held about a person, how long, and how it goes: register, export, network log, backups,
// restores, keys, a clock that jumps and a disk that is full.
import test from 'node:test'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import zlib from 'node:zlib'
import { spawnSync } from 'node:child_process'
import { ALAPI, Person, Server, alapi, freePort, freshHome, until } from '../support/server.mjs'

const MARK = 'zqdata'
const folder = (name) => fs.mkdtempSync(path.join(os.tmpdir(), `alapi-${name}-`))
const remove = (...all) => all.forEach((f) => fs.rmSync(f, { recursive: true, force: true }))
const give = (where, like) => { const s = fs.statSync(like); fs.chownSync(where, s.uid, s.gid) }

// Files of a ZIP archive, by their names.
function unzip(bytes) {
  const files = {}
  let at = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  const count = bytes.readUInt16LE(at + 10)
  at = bytes.readUInt32LE(at + 16)
  for (let i = 0; i < count; i++) {
    const method = bytes.readUInt16LE(at + 10), size = bytes.readUInt32LE(at + 20), name = bytes.readUInt16LE(at + 28)
    const skip = bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32), local = bytes.readUInt32LE(at + 42)
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const packed = bytes.subarray(start, start + size)
    files[bytes.toString('utf8', at + 46, at + 46 + name)] = (method ? zlib.inflateRawSync(packed) : packed).toString('utf8')
    at += 46 + name + skip
  }
  return files
}

function filesHolding(where, marks) {
  const found = []
  for (const entry of fs.readdirSync(where, { withFileTypes: true })) {
    const name = path.join(where, entry.name)
    if (entry.isDirectory()) found.push(...filesHolding(name, marks))
    else if (entry.isFile() && fs.statSync(name).size < 1 << 28) {
      const bytes = fs.readFileSync(name)
      for (const mark of marks) if (bytes.includes(mark)) found.push(`${name}: ${mark}`)
    }
  }
  return found
}

async function person(s, name) {
  const p = new Person(s, name, `${name}@example.com`)
  const made = await p.register()
  assert.equal(made.status, 201, String(made.raw))
  assert.equal((await p.login()).status, 200)
  return p
}

// A keeper's round comes every ten seconds: the commands do the same work at once.
test('one home: register, export, why it is held, cancelling', async (t) => {
  const s = await Server.start()
  t.after(() => s.stop())

  await t.test('[D2][C1] the register is public, in both languages, and what it lists is there', async () => {
    const { json } = await s.get('/policy/data.json', { headers: { 'Accept-Language': 'en' } })
    const tables = Object.fromEntries(json.tables.map((x) => [x.table, x]))
    assert.ok(tables.account && tables.network_log && tables.contact, Object.keys(tables).join())
    for (const table of json.tables) for (const c of table.columns)
      for (const part of ['name', 'category', 'purpose', 'basis', 'retention', 'kept', 'exported'])
        assert.ok(c[part], `${table.table}.${c.name} has no ${part}`)
    assert.equal(tables.network_log.columns.find((c) => c.name === 'address').kept, 'sealed')
    for (const language of ['zh', 'en']) {
      const page = await s.get('/policy/data', { headers: { 'Accept-Language': language } })
      assert.equal(page.status, 200)
      assert.ok(String(page.raw).includes('network_log.address'))
    }
    assert.ok(String((await s.get('/policy/data')).raw).includes('依法留存网络日志'))
  })

  await t.test('[C6] the export tells its sizes first and is whole; CSV is safe to open', async () => {
    const p = await person(s, `${MARK}_export`)
    assert.ok(await p.token({ name: '=cmd|calc', ips: ['10.0.0.0/8'] }))
    const { json } = await p.ask('GET', '/account/export')
    assert.equal(Object.values(json.rows).reduce((a, b) => a + b), json.rows_total)
    for (const [table, count] of Object.entries(json.rows))
      assert.equal((json.tables[table] ?? []).length, count, table)
    assert.equal(json.next, null)
    assert.match(json.receipt, /^[\w-]{22}$/)
    assert.equal(json.tables.contact[0].sealed ?? json.tables.contact[0].value, p.email)
    assert.deepEqual(json.tables.network_log.map((x) => x.action).sort(), ['export', 'login', 'register', 'token'])
    assert.equal(json.tables.network_log[0].address, '127.0.0.1')
    const csv = await p.ask('GET', '/account/export?format=csv')
    assert.equal(csv.headers['content-type'], 'application/zip')
    assert.match(csv.headers['content-disposition'], /attachment; filename="my-data.zip"/)
    const files = unzip(csv.raw)
    assert.ok(files['manifest.csv'].includes('token,1\r\n'), files['manifest.csv'])
    assert.ok(files['token.csv'].includes(",'=cmd|calc,"), files['token.csv'])
    assert.ok(files['contact.csv'].includes(p.email))
    for (const [name, text] of Object.entries(files)) if (name !== 'manifest.csv')
      assert.equal(text.trim().split('\r\n').length - 1, Number(files['manifest.csv'].match(new RegExp(`^${name.replace('.csv', '')},(\\d+)`, 'm'))[1]), name)
    assert.equal((await p.ask('GET', '/account/export?after=AAAA')).json.error, 'parameter_invalid')
    assert.equal((await p.ask('GET', '/account/export?format=xml')).status, 422)
  })

  await t.test('[C6][S1] what we hold: each record with category, purpose and its end', async () => {
    const p = await person(s, `${MARK}_held`)
    const { json } = await p.ask('GET', '/account/data')
    const log = json.records.find((r) => r.table === 'network_log')
    const days = (Date.parse(log.ends) - Date.parse(log.values.time)) / 86400000
    assert.equal(days, 180)
    assert.ok(json.records.every((r) => r.category && r.purpose), JSON.stringify(json.records))
    assert.equal(json.records.find((r) => r.table === 'account').ends, null)
    const page = await s.get('/account/data', { headers: { Cookie: p.cookie, Accept: 'text/html' } })
    assert.ok(String(page.raw).includes(p.email) && String(page.raw).includes('网络日志'))
  })

  await t.test('[C3] a thousand fields more are refused by every route, and none of them is stored', async () => {
    const p = await person(s, `${MARK}_fields`)
    const more = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`zqextra${i}`, `zqvalue${i}`]))
    const before = (await p.ask('GET', '/account/export')).json
    const routes = [['POST', '/account/register', { username: 'zqmore', password: p.password, email: 'zqmore@example.com',
      consent: (await s.get('/policy.json')).json.version, age: 'adult' }],
    ['POST', '/account/verify', { flow: 'x', code: '1' }], ['POST', '/account/login', { login: p.email, password: p.password }],
    ['PATCH', '/account', { username: `${MARK}_fields2` }], ['POST', '/account/tokens', { name: 'x' }],
    ['POST', '/account/consents', { version: '1' }], ['DELETE', '/account', { password: p.password }]]
    for (const [method, target, fields] of routes) {
      const a = await p.ask(method, target, { ...fields, ...more })
      assert.equal(a.status, 422, `${method} ${target}: ${a.raw}`)
      assert.equal(a.json.error, 'field_unknown')
      assert.ok(a.json.allowed.length, target)
    }
    const after = (await p.ask('GET', '/account/export')).json
    assert.deepEqual(after.tables.token, before.tables.token)
    assert.deepEqual(after.account, before.account)
    assert.deepEqual(filesHolding(s.home, ['zqextra', 'zqvalue', 'zqmore']), [])
  })

  await t.test('[T8] whoever is not logged in finds nobody on any page', async () => {
    const p = await person(s, `${MARK}_public`)
    const seen = new Set(), queue = ['/', '/policy', '/policy.json', '/policy/data', '/policy/data.json', '/figures.json', '/status',
      '/status.json', '/openapi.json', '/account', '/account/export', '/account/data', '/account/erasure', '/account/tokens', '/site.css']
    while (queue.length) {
      const target = queue.shift()
      if (seen.has(target)) continue
      seen.add(target)
      const a = await s.get(target)
      assert.ok(a.status < 500, `${target}: ${a.status}`)
      const text = String(a.raw)
      for (const mark of [p.name, p.email, MARK, (await p.ask('GET', '/account')).json.account])
        assert.ok(!text.includes(mark), `${target} tells ${mark}`)
      if (/html/.test(a.headers['content-type']))
        for (const [, link] of text.matchAll(/href="(\/[^"#]*)/g)) if (!link.startsWith('/dev/')) queue.push(link)
    }
    assert.ok(seen.size > 14)
  })

  await t.test('[S5][fault 25] cancelling in two tabs, twice, during an export: one receipt with its bound', async () => {
    const p = await person(s, `${MARK}_tabs`)
    const wants = await p.ask('GET', '/account/erasure')
    assert.ok(wants.json.deleted.some((x) => x.table === 'contact'))
    const bound = wants.json.stays.find((x) => x.what === 'backups').until
    assert.ok(Date.parse(bound) - Date.now() < 7 * 86400000 + 60000)
    assert.equal(wants.json.held, null)
    const cookie = p.cookie, headers = { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' }
    const cancel = () => s.request('DELETE', '/account', { headers, body: { password: p.password } })
    const [first, second, exported] = await Promise.all([cancel(), cancel(), s.get('/account/export', { headers })])
    assert.ok([200, 401].includes(exported.status), String(exported.raw))
    assert.deepEqual([first.status, second.status], [200, 200], `${first.raw} ${second.raw}`)
    assert.equal(first.json.receipt, second.json.receipt)
    assert.ok(Date.parse(first.json.unreadable_everywhere_by) - Date.now() <= 7 * 86400000)
    const third = await cancel()
    assert.deepEqual([third.status, third.json.receipt], [200, first.json.receipt])
    assert.equal((await s.get('/account', { headers })).json.error, 'session_ended')
    await until(() => filesHolding(s.home, [`${MARK}_tabs`]).length === 0, 'every byte to go', 5000)
    const again = await person(s, `${MARK}_tabs`) // a stranger under the same name and address
    assert.equal((await again.ask('GET', '/account/export')).json.rows.token, 0)
  })
})

test('[S5][S8f][fault 27] a backup brings nobody back: erased ones stay erased, old keys open nothing', async () => {
  const s = await Server.start({ demo: true })
  const copies = folder('backups'), keys = folder('keys'), saved = folder('saved')
  for (const where of [copies, keys]) give(where, s.home)
  try {
    const gone = await person(s, `${MARK}_gone`), stays = await person(s, `${MARK}_stays`)
    const token = await stays.token()
    const made = s.alapi('backup', copies)
    assert.equal(made.code, 0, made.err)
    assert.equal(s.alapi('backup', keys, '--keys').code, 0)
    assert.deepEqual(filesHolding(copies, [MARK]), [], 'a backup is sealed')
    assert.ok(!fs.readdirSync(made.out.trim()).some((f) => f.includes('keys')), 'no keys are in it')
    assert.equal(fs.statSync(made.out.trim()).mode & 0o777, 0o700)
    for (const f of fs.readdirSync(path.join(s.home, 'state'))) if (/^(main|keys)\.db(-wal)?$/.test(f)) fs.copyFileSync(path.join(s.home, 'state', f), path.join(saved, f))
    const drill = s.alapi('restore', '--drill', copies)
    assert.equal(drill.code, 0, drill.err)
    assert.match(drill.out, /RPO \d+ s[\s\S]*RTO \d+ ms[\s\S]*\b(\d+) accounts, \1 read/)
    const cancelled = await gone.ask('DELETE', '/account', { password: gone.password })
    assert.equal(cancelled.status, 200)
    await until(() => fs.existsSync(path.join(s.home, 'state/erasures.log')), 'the journal')
    await until(() => filesHolding(s.home, [`${MARK}_gone`]).length === 0, 'the erasure', 5000)
    await s.stop({ keep: true })

    const put = (from, to) => {
      for (const f of ['main.db', 'keys.db']) for (const log of ['-wal', '-shm']) fs.rmSync(path.join(to, 'state', f + log), { force: true })
      for (const f of fs.readdirSync(from)) { fs.copyFileSync(path.join(from, f), path.join(to, 'state', f)); give(path.join(to, 'state', f), to) }
    }
    const whole = folder('whole')
    fs.cpSync(s.home, whole, { recursive: true }) // the home as it is, for later

    // Old records put there by hand: nothing opens before the erasures are replayed.
    put(saved, s.home)
    for (const args of [['run', '--port', String(s.port)], ['account', 'list'], ['token', 'list']]) {
      const r = s.alapi(...args)
      assert.equal(r.code, 78, `${args}: ${r.out}${r.err}`)
      assert.match(r.err, /restore_needs_erasure_replay/)
    }
    const replay = s.alapi('restore', '--replay')
    assert.equal(replay.code, 0, replay.err)
    assert.match(replay.out, /^1 erased again/m)
    assert.ok(!s.alapi('account', 'list').out.includes(`${MARK}_gone`))
    assert.ok(s.alapi('account', 'list').out.includes(`${MARK}_stays`))

    // A restore of the backup does all of it by itself.
    const restored = s.alapi('restore', copies)
    assert.equal(restored.code, 0, restored.err)
    const up = await Server.start({ home: s.home, demo: false })
    try {
      const back = new Person(up, stays.name, stays.email)
      assert.equal((await back.login()).status, 200, 'the blind index was made anew')
      assert.equal((await up.call('uuid', {}, token)).status, 200, 'tokens work again')
      assert.equal((await new Person(up, gone.name, gone.email).login()).status, 401)
    } finally { await up.stop({ keep: true }) }

    // A new machine: backup and keys alone.
    const fresh = freshHome()
    give(fresh, s.home)
    const journal = path.join(whole, 'state/erasures.log')
    const unread = alapi('restore', copies, '--keys', keys, '--journal', journal, '--home', fresh)
    if (process.getuid() === 0) assert.deepEqual([unread.code, /cannot read/.test(unread.err)], [1, true], unread.err)
    spawnSync('chown', ['-R', `--reference=${s.home}`, whole])
    remove(fresh)
    fs.mkdirSync(fresh)
    give(fresh, s.home)
    const moved = alapi('restore', copies, '--keys', keys, '--journal', journal, '--home', fresh)
    assert.equal(moved.code, 0, moved.err)
    assert.match(moved.out, /^1 erased again/m)
    const names = alapi('account', 'list', '--home', fresh).out
    assert.ok(names.includes(`${MARK}_stays`) && !names.includes(`${MARK}_gone`), names)

    // The epoch is over: the saved copy of everything opens nothing, although the master key is the same.
    assert.equal(alapi('keys', 'rotate', '--home', fresh).code, 0)
    assert.ok(alapi('account', 'list', '--home', fresh).out.includes(`${MARK}_stays`))
    put(saved, fresh)
    fs.rmSync(path.join(fresh, 'state/erasures.log'))
    const old = alapi('account', 'list', '--home', fresh)
    assert.equal(old.code, 78)
    assert.match(old.err, /epoch-1\.key is missing/)
    remove(fresh, whole)
  } finally { remove(copies, keys, saved, s.home) }
})

test('[S8e] a backup that was changed is refused by name; a killed one leaves nothing that looks whole', async () => {
  const s = await Server.start()
  const copies = folder('backups')
  give(copies, s.home)
  try {
    for (let i = 0; i < 4; i++) assert.equal(s.alapi('backup', copies, '--keep', '2').code, 0)
    assert.equal(fs.readdirSync(copies).length, 2)
    const newest = path.join(copies, fs.readdirSync(copies).sort().at(-1))
    const file = path.join(newest, 'main.db.sealed'), bytes = fs.readFileSync(file)
    bytes[bytes.length >> 1] ^= 1
    fs.writeFileSync(file, bytes)
    const r = s.alapi('restore', '--drill', copies)
    assert.equal(r.code, 78)
    assert.match(r.err, /main\.db\.sealed was changed/)
    fs.mkdirSync(path.join(copies, '.making'))
    fs.writeFileSync(path.join(copies, '.making', 'main.db.sealed'), 'half')
    give(path.join(copies, '.making'), s.home)
    assert.equal(s.alapi('restore', '--drill', newest).code, 78)
    assert.equal(s.alapi('backup', copies).code, 0)
    assert.equal(s.alapi('restore', '--drill', copies).code, 0)
    assert.ok(!fs.existsSync(path.join(copies, '.making')))
  } finally { await s.stop(); remove(copies) }
})

test('[fault 31] wrapping keys: missing, readable, cut; each start stops with its mend', async () => {
  const s = await Server.start()
  await s.stop({ keep: true })
  try {
    const key = path.join(s.home, 'state/keys/epoch-1.key'), bytes = fs.readFileSync(key)
    const start = async () => alapi('run', '--home', s.home, '--port', String(await freePort()))
    fs.chmodSync(key, 0o444)
    let r = await start()
    assert.deepEqual([r.code, /0400/.test(r.err)], [78, true], r.err)
    fs.chmodSync(key, 0o600)
    fs.truncateSync(key, 30)
    fs.chmodSync(key, 0o400)
    r = await start()
    assert.deepEqual([r.code, /not whole/.test(r.err)], [78, true], r.err)
    fs.rmSync(key)
    r = await start()
    assert.deepEqual([r.code, /is missing/.test(r.err)], [78, true], r.err)
    fs.writeFileSync(key, bytes, { mode: 0o400 })
    give(key, s.home)
    assert.equal(s.alapi('keys', 'status').code, 0)
  } finally { remove(s.home) }
})

const faketime = fs.existsSync('/usr/bin/faketime')

test('[S1][fault 35] half a year later the rows are gone; a clock that jumped deletes nothing until it was looked at', { skip: !faketime }, async () => {
  const s = await Server.start()
  const p = await person(s, `${MARK}_clock`)
  await until(() => s.alapi('doctor').out.includes('no step was seen'), 'the clock to be watched once', 15000)
  await until(() => fs.readFileSync(path.join(s.home, 'state/main.db')).length > 0, 'the records')
  const rows = () => s.alapi('retention', 'status').out
  await until(() => /network_log\t2\t/.test(rows()), 'the log of a registration and a log-in')
  await s.stop({ keep: true })
  const wrapper = path.join(s.home, 'later')
  fs.writeFileSync(wrapper, `#!/bin/sh\nexec faketime -f '+181d' ${ALAPI} "$@"\n`, { mode: 0o755 })
  const later = (...args) => { const r = spawnSync(wrapper, [...args, '--home', s.home], { encoding: 'utf8' }); return { code: r.status, out: r.stdout, err: r.stderr } }
  try {
    let r = later('retention', 'reap')
    assert.equal(r.code, 1, r.out + r.err)
    assert.match(r.err, /--clock-is-right/)
    assert.match(rows(), /network_log\t2\t/)
    assert.match(later('doctor').out, /FAULT the clock/)
    assert.equal(later('doctor', '--clock-is-right').code, 0)
    r = later('retention', 'reap')
    assert.equal(r.code, 0, r.err)
    assert.match(later('retention', 'status').out, /network_log\t0\t0/)
    assert.ok(later('account', 'list').out.includes(p.name), 'the account stays')
  } finally { remove(s.home) }
})

const canMount = process.getuid() === 0 && (() => {
  const where = folder('disk')
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', where]).status === 0
  if (mounted) spawnSync('umount', [where])
  fs.rmdirSync(where)
  return mounted
})()

test('[S8e][fault 32] a full disk: writes are refused with Retry-After, reads go on, and it mends itself', { skip: !canMount }, async () => {
  const where = folder('full')
  fs.chmodSync(where, 0o755)
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=512m', 'tmpfs', where])
  const s = await Server.start({ home: path.join(where, 'home') })
  try {
    const p = await person(s, `${MARK}_full`)
    const filler = path.join(where, 'filler')
    spawnSync('sh', ['-c', `cat /dev/zero > ${filler} 2>/dev/null`])
    let refused
    for (let i = 0; i < 40 && !refused; i++) {
      const a = await p.ask('POST', '/account/tokens', { name: `x${i}` })
      if (a.status !== 201) refused = a
    }
    assert.deepEqual([refused.status, refused.json.error], [503, 'storage_unavailable'], String(refused.raw))
    assert.ok(Number(refused.headers['retry-after']) > 0)
    assert.equal((await p.ask('GET', '/account')).status, 200)
    assert.equal((await s.get('/policy/data')).status, 200)
    for (let i = 0; i < 5; i++) assert.equal((await s.call('uuid')).status, 200, 'calls go on')
    fs.rmSync(filler)
    assert.equal((await p.ask('POST', '/account/tokens', { name: 'again' })).status, 201)
    const counted = (word) => until(() => s.alapi('audit', word).code === 0, `the audit of ${word} to hold`)
    for (const word of ['verify', 'usage']) await counted(word) // nothing of it was lost or half done
  } finally {
    await s.stop({ keep: true })
    spawnSync('umount', [where])
    remove(where)
  }
})
