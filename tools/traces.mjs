// traces.mjs: no log of a test run may hold what its persons typed.
//
//     node tools/traces.mjs FOLDER      one TAP test, `[S8b] …`; what was found is named by kind, never printed
//
// While ALAPI_TRACES names a folder, each server of a scene (test/support/server.mjs) leaves a file there when the
// scene ends: the marks (names, addresses, numbers, passwords, tokens, cookies, codes that went over its door,
// gathered from requests and answers by the names of their fields) and the logs: what serve, workers, prober
// and nginx said, and the log files of its home. `make test` gathers all and searches each server's logs for that
// server's marks.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const FIELDS = new Map(Object.entries({
  username: 'name', login: 'name', email: 'address', contact: 'address', phone: 'number', address: 'address',
  password: 'password', new_password: 'password', current: 'password', code: 'code', token: 'token', seed: 'token',
  csrf: 'token', flow: 'token', key: 'token',
}))
const LEAST = 6 // letters of a mark: shorter ones are words like any other
const COMMON = new Set(['operator', 'prober', 'canary', 'malformed', 'unknown', 'expired'])

export class Marks {
  constructor() { this.kinds = new Map() }

  add(kind, value) {
    if (typeof value === 'string' && value.length >= LEAST && !COMMON.has(value)) this.kinds.set(value, kind)
  }

  // What stands in an object of JSON under the names of personal fields.
  object(value) {
    if (Array.isArray(value)) for (const one of value) this.object(one)
    else if (value && typeof value === 'object')
      for (const [name, inside] of Object.entries(value))
        if (typeof inside === 'string' && FIELDS.has(name)) this.add(FIELDS.get(name), inside)
        else this.object(inside)
  }

  headers(headers = {}) {
    for (const [name, value] of Object.entries(headers))
      if (/^(cookie|set-cookie)$/i.test(name))
        for (const pair of [value].flat()) for (const part of String(pair).split(';')) {
          const [cookie, content] = part.trim().split('=')
          if (/^(__Host-)?(sid|did)$/.test(cookie) && content) this.add('cookie', content)
        }
      else if (/^(token|authorization|x-csrf-token|x-feedback-key)$/i.test(name)) this.add('token', String(value).replace(/^Bearer /i, ''))
  }
}

// A code is six digits: it counts where it stands alone.
const holds = (log, mark, kind) => kind === 'code' ? new RegExp(`(?<![\\w.])${mark.replace(/\W/g, '\\$&')}(?![\\w.])`).test(log)
  : log.includes(mark)

// [{kind, where}] of one server.
export function search({ marks, logs }) {
  const found = []
  for (const [mark, kind] of marks)
    for (const { where, text } of logs) if (holds(text, mark, kind)) found.push({ kind, where, line: text.split('\n').find((l) => holds(l, mark, kind))?.replaceAll(mark, '…') })
  return found
}

// The log files of a home, as text.
export function logsOf(home) {
  const logs = []
  const walk = (folder) => {
    for (const entry of fs.existsSync(folder) ? fs.readdirSync(folder, { withFileTypes: true }) : []) {
      const name = path.join(folder, entry.name)
      if (entry.isDirectory()) walk(name)
      else if (entry.isFile() && (/\.log$|\/log\/|\/probes\//.test(name))) logs.push({ where: path.relative(home, name), text: fs.readFileSync(name, 'latin1') })
    }
  }
  walk(home)
  return logs
}

export function leave(marks, logs) {
  const folder = process.env.ALAPI_TRACES
  if (!folder) return
  const file = path.join(folder, `${process.pid}-${process.hrtime.bigint()}.json`)
  fs.writeFileSync(file, JSON.stringify({ marks: [...marks.kinds], logs }), { mode: 0o600 })
}

export function judge(folder) {
  const files = fs.readdirSync(folder).filter((f) => f.endsWith('.json'))
  const sum = { servers: files.length, marks: 0, bytes: 0, found: [] }
  for (const file of files) {
    const one = JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'))
    sum.marks += one.marks.length
    sum.bytes += one.logs.reduce((bytes, log) => bytes + log.text.length, 0)
    sum.found.push(...search(one))
  }
  return sum
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sum = judge(process.argv[2])
  const good = sum.found.length === 0 && sum.marks > 0 && sum.bytes > 0
  console.log(`1..1\n${good ? 'ok' : 'not ok'} 1 - [S8b] no log of ${sum.servers} servers (${sum.bytes} bytes) holds one of the ${sum.marks} marks of its persons`)
  for (const f of sum.found) console.log(`# a ${f.kind} in ${f.where}: ${f.line}`)
  process.exitCode = good ? 0 : 1
}
