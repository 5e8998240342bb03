// server.mjs: a whole installation in a fresh home, for the scenes that talk to it from outside.
import fs from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { spawn, spawnSync } from 'node:child_process'
import { totp } from './authenticator.mjs'
import { Marks, leave, logsOf } from '../../tools/traces.mjs'

export const BUILD = path.resolve(process.env.ALAPI_BUILD ?? 'build')
export const ALAPI = path.join(BUILD, 'alapi')

export async function until(claim, what, ms = 10000) {
  const end = Date.now() + ms
  for (;;) {
    const value = await claim()
    if (value) return value
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain: ${what}`)
    await new Promise((go) => setTimeout(go, 20))
  }
}

export function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

export function freshHome() {
  return fs.mkdtempSync(path.join(os.tmpdir(), 'alapi-scene-'))
}

// Every server leaves its logs and what went over its door (tools/traces.mjs), also where it was killed.
const lively = new Set()
process.on('exit', () => { for (const server of lively) server.leaveTraces() })

export class Server {
  static async start({ home = freshHome(), demo = true, args = [], program = ALAPI, port, secure } = {}) {
    const s = new Server()
    s.home = home
    s.port = port ?? await freePort()
    s.secure = secure /* { port, ca }: requests go by TLS */
    s.said = ''
    s.logged = ''
    s.marks = new Marks()
    lively.add(s)
    s.process = spawn(program, ['run', '--home', home, '--port', String(s.port), ...(demo ? ['--demo'] : []), ...args],
      { stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [s.process.stdout, s.process.stderr]) stream.on('data', (d) => { s.said += d })
    s.process.stderr.on('data', (d) => { s.logged += d })
    s.ended = new Promise((resolve) => s.process.on('exit', (code, signal) => resolve(code ?? signal)))
    s.agent = new (secure ? https : http).Agent({ keepAlive: true, maxSockets: 64 })
    let code
    s.ended.then((c) => { code = c })
    await until(async () => {
      if (code !== undefined) throw new Error(`alapi run ended with ${code}: ${s.said}`)
      const token = s.said.match(/^\s*token: (\S+)/m)
      if (demo && !token) return false
      s.token = token?.[1]
      s.marks.add('token', s.token)
      return (await s.get('/status.json').catch(() => ({ status: 599 }))).status < 500
    }, 'the server to be up', 60000).catch((e) => { s.process.kill('SIGKILL'); throw new Error(`${e.message}\n${s.said}`) })
    return s
  }

  async stop({ keep = false } = {}) {
    this.agent.destroy()
    this.process.kill('SIGTERM')
    const code = await this.ended
    this.leaveTraces()
    if (!keep) fs.rmSync(this.home, { recursive: true, force: true })
    return code
  }

  leaveTraces() {
    if (lively.delete(this)) leave(this.marks, [{ where: 'stderr', text: this.logged }, ...logsOf(this.home)])
  }

  // One request; the body is parsed where it is JSON.
  request(method, target, { body, headers = {}, timeout = 20000 } = {}) {
    return new Promise((resolve, reject) => {
      const isObject = body && typeof body === 'object' && !Buffer.isBuffer(body)
      this.marks.headers(headers)
      if (isObject) this.marks.object(body)
      const bytes = isObject ? Buffer.from(JSON.stringify(body)) : body
      const type = isObject ? { 'Content-Type': 'application/json' } : {}
      const length = bytes !== undefined ? { 'Content-Length': Buffer.byteLength(bytes) } : {}
      const way = this.secure ? { port: this.secure.port, ca: this.secure.ca, servername: 'localhost' } : { port: this.port }
      const q = (this.secure ? https : http).request({ host: '127.0.0.1', ...way, method, path: target, agent: this.agent, timeout,
        headers: { ...type, ...length, ...headers } }, (a) => {
        const parts = []
        a.on('data', (d) => parts.push(d))
        a.on('error', reject)
        a.on('end', () => {
          const raw = Buffer.concat(parts)
          let json = null
          try { json = JSON.parse(raw) } catch { /* not JSON */ }
          this.marks.headers(a.headers)
          if (!target.startsWith('/api/')) this.marks.object(json)
          resolve({ status: a.statusCode, headers: a.headers, raw, json })
        })
      })
      q.on('timeout', () => q.destroy(new Error('no answer in time')))
      q.on('error', reject)
      if (bytes !== undefined) q.write(bytes)
      q.end()
    })
  }

  get(target, options) { return this.request('GET', target, options) }

  call(api, params = {}, token = this.token) {
    return this.request('POST', `/api/${api}`, { body: params, headers: token ? { token } : {} })
  }

  alapi(...args) {
    const r = spawnSync(ALAPI, [...args, '--home', this.home], { encoding: 'utf8', timeout: 240000 })
    return { code: r.status, out: r.stdout, err: r.stderr }
  }

  // A command of the office: each person named by --by and --second (by user name) proves it with a recovery code.
  async signed(persons, ...args) {
    const lines = []
    for (const [i, word] of args.entries())
      if (word === '--by' || word === '--second') lines.push(await persons[args[i + 1]].recoveryCode())
    const r = spawnSync(ALAPI, [...args, '--home', this.home], { encoding: 'utf8', timeout: 60000, input: lines.join('\n') + '\n' })
    return { code: r.status, out: r.stdout, err: r.stderr }
  }

  // Bytes as they are, and all that comes back until the other side closes or is quiet.
  raw(bytes, quietMs = 1500) {
    return new Promise((resolve) => {
      const parts = []
      const socket = net.connect(this.port, '127.0.0.1', () => socket.write(bytes))
      socket.setTimeout(quietMs, () => socket.destroy())
      socket.on('data', (d) => parts.push(d))
      socket.on('error', () => {})
      socket.on('close', () => resolve(Buffer.concat(parts).toString('latin1')))
    })
  }

  // Processes below `alapi run` whose command line holds the word.
  pids(word) {
    const found = []
    const children = (pid) => {
      for (const task of fs.existsSync(`/proc/${pid}/task`) ? fs.readdirSync(`/proc/${pid}/task`) : []) {
        let line = ''
        try { line = fs.readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim() } catch { continue } // it has ended
        for (const child of line ? line.split(' ').map(Number) : []) {
          let command = ''
          try { command = fs.readFileSync(`/proc/${child}/cmdline`, 'utf8').replaceAll('\0', ' ') } catch { continue }
          if (command.includes(word)) found.push(child)
          children(child)
        }
      }
    }
    children(this.process.pid)
    return found
  }

  mails() {
    const folder = path.join(this.home, 'outbox')
    if (!fs.existsSync(folder)) return []
    return fs.readdirSync(folder).map((f) => fs.readFileSync(path.join(folder, f), 'utf8'))
  }
}

// A person with a browser: cookies, and the proof that a request comes from the site itself.
export class Person {
  constructor(server, name, email, password = 'correct horse battery staple 9') {
    Object.assign(this, { server, name, email, password, cookie: '', csrf: '', jar: new Map() })
  }

  async ask(method, target, body) {
    const a = await this.server.request(method, target, { body, headers: { Cookie: this.cookie,
      Origin: `http://127.0.0.1:${this.server.port}`, 'Sec-Fetch-Site': 'same-origin',
      ...(this.csrf ? { 'X-CSRF-Token': this.csrf } : {}) } })
    for (const set of a.headers['set-cookie'] ?? []) this.keep(set)
    if (a.json?.csrf) this.csrf = a.json.csrf
    return a
  }

  keep(set) {
    const [name, value] = set.split(';')[0].split('=')
    if (/Max-Age=0\b/.test(set)) this.jar.delete(name)
    else this.jar.set(name, value)
    this.cookie = [...this.jar].map((pair) => pair.join('=')).join('; ')
  }

  // Sets up an authenticator app: the session has two factors then, as the staff's routes ask for. Returns its seed.
  async twoFactors() {
    const { seed } = (await this.ask('POST', '/account/factors/totp')).json
    const a = await this.ask('POST', '/account/factors/totp/confirm', { code: totp(seed) })
    if (a.status !== 200) throw new Error(String(a.raw))
    return seed
  }

  // One that was not used yet; wants two factors and a fresh log-in.
  async recoveryCode() {
    if (!this.codes?.length) {
      let a = await this.ask('POST', '/account/factors/recovery')
      if (a.status === 451) {
        await this.ask('POST', '/account/consents', { version: a.json.version, act: 'agree' })
        a = await this.ask('POST', '/account/factors/recovery')
      }
      if (a.status !== 201) throw new Error(String(a.raw))
      this.codes = a.json.codes
    }
    return this.codes.shift()
  }

  // The code of the newest message to this person.
  async code() {
    return until(() => {
      for (const mail of this.server.mails().reverse()) {
        if (!mail.includes(this.email)) continue
        const body = /base64/i.test(mail) ? Buffer.from(mail.split(/\r?\n\r?\n/).slice(1).join(''), 'base64').toString() : mail
        const found = body.match(/(?<!\d)\d{6}(?!\d)/)
        if (found) {
          this.server.marks.add('code', found[0])
          return found[0]
        }
      }
      return null
    }, 'a mail with a code')
  }

  async register() {
    const { json: policy } = await this.server.get('/policy.json')
    const begun = await this.ask('POST', '/account/register', { username: this.name, password: this.password,
      email: this.email, consent: policy.version, age: 'adult' })
    if (begun.status !== 202) return begun
    return this.ask('POST', '/account/verify', { flow: begun.json.flow, code: await this.code() })
  }

  login() { return this.ask('POST', '/account/login', { login: this.email, password: this.password }) }

  async token(fields = {}) {
    return (await this.ask('POST', '/account/tokens', { name: 'scene', ...fields })).json?.token
  }
}

export function alapi(...args) {
  const r = spawnSync(ALAPI, args, { encoding: 'utf8', timeout: 60000 })
  return { code: r.status, out: r.stdout, err: r.stderr }
}
