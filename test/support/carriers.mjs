// carriers.mjs: who takes mails and short messages in the scenes: a real mail server, and stand-ins of the
// providers of short messages that check every signature themselves, with node's own crypto.
import crypto from 'node:crypto'
import fs from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import os from 'node:os'
import path from 'node:path'
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { freshHome, until } from './server.mjs'

// A certificate of its own making, good for `host`; it is its own authority.
export function certificate(host = 'localhost') {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'alapi-cert-'))
  const at = { folder, certificate: path.join(folder, 'cert.pem'), key: path.join(folder, 'key.pem') }
  const names = host === 'localhost' ? 'DNS:localhost,IP:127.0.0.1' : `DNS:${host}`
  const r = spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
    '-subj', `/CN=${host}`, '-addext', `subjectAltName=${names}`, '-keyout', at.key, '-out', at.certificate], { encoding: 'utf8' })
  if (r.status !== 0) throw new Error(r.stderr)
  return at
}

// A home with settings and secrets, before its first start; it belongs to whom the service will run as.
export function homeWith(settings, secrets = {}, authority) {
  const home = freshHome()
  fs.mkdirSync(path.join(home, 'state/keys'), { recursive: true })
  if (authority) fs.copyFileSync(authority.certificate, path.join(home, 'authority.pem'))
  fs.writeFileSync(path.join(home, 'alapi.conf'), Object.entries(settings).map(([k, v]) => `${k} = ${v}\n`).join(''))
  for (const [name, value] of Object.entries(secrets)) fs.writeFileSync(path.join(home, 'state/keys', name), `${value}\n`, { mode: 0o400 })
  if (process.getuid() === 0) spawnSync('chown', ['-R', 'www-data:www-data', home])
  return home
}

export class MailServer {
  static async start({ port = 0, mode = 'starttls', identity }) {
    const s = new MailServer()
    const file = fileURLToPath(new URL('mail_server.py', import.meta.url))
    s.said = []
    s.errors = ''
    // Debian's own, which has Debian's packages; another may come first in the PATH
    s.process = spawn('/usr/bin/python3', [file, String(port), mode, identity.certificate, identity.key], { stdio: ['ignore', 'pipe', 'pipe'] })
    let rest = ''
    s.process.stdout.on('data', (d) => {
      const lines = (rest + d).split('\n')
      rest = lines.pop()
      s.said.push(...lines.map((l) => JSON.parse(l)))
    })
    s.process.stderr.on('data', (d) => { s.errors += d })
    s.ended = new Promise((go) => s.process.on('exit', go))
    s.port = await until(() => s.said.find((l) => l.port)?.port, 'the mail server to listen').catch((e) => { throw new Error(e.message + s.errors) })
    return s
  }

  async stop() {
    this.process.kill('SIGTERM')
    await this.ended
  }

  get mails() { return this.said.filter((l) => l.mail).map(letter) }
  mailsTo(address) { return this.mails.filter((m) => m.to.includes(address)) }
  commands(name) { return this.said.filter((l) => l.command === name) }
}

// What a mail program would show.
function letter({ mail, to, sender, tls }) {
  const [head, ...body] = mail.split('\r\n\r\n')
  const fields = Object.fromEntries(head.replace(/\r\n /g, ' ').split('\r\n').map((l) => [l.slice(0, l.indexOf(':')).toLowerCase(), l.slice(l.indexOf(':') + 2)]))
  const words = (t) => t?.replace(/=\?UTF-8\?B\?(.*?)\?=( (?==\?))?/g, (_, b) => Buffer.from(b, 'base64').toString())
  const text = Buffer.from(body.join('\r\n\r\n'), 'base64').toString()
  return { to, sender, tls, fields, subject: words(fields.subject), text, code: text.match(/(?<!\d)\d{6}(?!\d)/)?.[0] }
}

const sha256 = (t) => crypto.createHash('sha256').update(t).digest('hex')
const hmac = (key, t, form) => crypto.createHmac('sha256', key).update(t).digest(form)

// Each checks one request as its provider does: `problem` is the provider's error code, null where all is well.
const providers = {
  aliyun: {
    check(q, body, url, key) {
      const [, id, names, given] = q.headers.authorization?.match(/^ACS3-HMAC-SHA256 Credential=(.+?),SignedHeaders=(.+?),Signature=([0-9a-f]{64})$/) ?? []
      if (!id) return 'IncompleteSignature'
      if (id !== 'AccessKeyIdOfTest') return 'InvalidAccessKeyId.NotFound'
      const signed = names.split(';')
      const needed = ['host', ...Object.keys(q.headers).filter((h) => h.startsWith('x-acs-') || h === 'content-type')].sort()
      if (names !== needed.join(';') || q.headers['x-acs-content-sha256'] !== sha256(body)) return 'IncompleteSignature'
      const encode = (t) => encodeURIComponent(t).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
      const query = [...url.searchParams].sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => `${encode(k)}=${encode(v)}`).join('&')
      const canonical = [q.method, url.pathname, query, signed.map((h) => `${h}:${q.headers[h]}\n`).join(''), names, sha256(body)].join('\n')
      if (hmac(key, `ACS3-HMAC-SHA256\n${sha256(canonical)}`, 'hex') !== given) return 'SignatureDoesNotMatch'
      if (Math.abs(Date.parse(q.headers['x-acs-date']) - Date.now()) > 900000) return 'InvalidTimeStamp.Expired'
      if (q.headers['x-acs-action'] !== 'SendSms' || q.headers['x-acs-version'] !== '2017-05-25') return 'InvalidAction.NotFound'
      return null
    },
    read(body, url) {
      const p = Object.fromEntries(url.searchParams)
      return { to: p.PhoneNumbers, sign: p.SignName, template: p.TemplateCode, parameter: JSON.parse(p.TemplateParam), id: p.OutId }
    },
    answer(problem) {
      if (!problem) return [200, { Message: 'OK', RequestId: crypto.randomUUID(), Code: 'OK', BizId: '900619746936498440^0' }]
      const inside = problem.startsWith('isv.')
      return [inside ? 200 : 400, { Message: 'refused', RequestId: crypto.randomUUID(), Code: problem, ...(inside ? {} : { HostId: 'dysmsapi' }) }]
    },
  },
  tencent: {
    check(q, body, url, key) {
      const h = q.headers, day = new Date(h['x-tc-timestamp'] * 1000).toISOString().slice(0, 10)
      const [, id, scope, names, given] = h.authorization?.match(/^TC3-HMAC-SHA256 Credential=(.+?)\/(.+?), SignedHeaders=(.+?), Signature=([0-9a-f]{64})$/) ?? []
      if (!id) return 'AuthFailure.InvalidAuthorization'
      if (id !== 'SecretIdOfTest') return 'AuthFailure.SecretIdNotFound'
      if (scope !== `${day}/sms/tc3_request` || !/^content-type;host/.test(names)) return 'AuthFailure.SignatureFailure'
      const signed = names.split(';').map((n) => `${n}:${n === 'x-tc-action' ? h[n].toLowerCase() : h[n]}\n`).join('')
      const canonical = ['POST', '/', '', signed, names, sha256(body)].join('\n')
      const secret = hmac(hmac(hmac(`TC3${key}`, day), 'sms'), 'tc3_request')
      if (hmac(secret, ['TC3-HMAC-SHA256', h['x-tc-timestamp'], scope, sha256(canonical)].join('\n'), 'hex') !== given) return 'AuthFailure.SignatureFailure'
      if (Math.abs(h['x-tc-timestamp'] - Date.now() / 1000) > 300) return 'AuthFailure.SignatureExpire'
      if (h['x-tc-action'] !== 'SendSms' || h['x-tc-version'] !== '2021-01-11' || !h['x-tc-region']) return 'InvalidAction'
      return null
    },
    read(body) {
      const p = JSON.parse(body)
      return { to: p.PhoneNumberSet[0], sign: p.SignName, template: p.TemplateId, parameter: p.TemplateParamSet, id: p.SessionContext, app: p.SmsSdkAppId }
    },
    answer(problem) {
      const RequestId = crypto.randomUUID()
      if (problem && /^(AuthFailure|InvalidAction)/.test(problem)) return [200, { Response: { Error: { Code: problem, Message: 'refused' }, RequestId } }]
      return [200, { Response: { SendStatusSet: [{ SerialNo: '5000:1045710669157053657849499619', PhoneNumber: '+86', Fee: 1, SessionContext: '',
        Code: problem ?? 'Ok', Message: problem ? 'refused' : 'send success', IsoCode: 'CN' }], RequestId } }]
    },
  },
  webhook: {
    check(q, body, url, key) {
      const time = q.headers['x-alapi-timestamp']
      if (q.headers['x-alapi-signature'] !== `v1=${hmac(key, `${time}.${body}`, 'hex')}`) return 401
      return Math.abs(time - Date.now() / 1000) > 300 ? 401 : null
    },
    read(body) { return JSON.parse(body) },
    answer(problem) { return [problem ?? 204, {}] },
  },
}

export class SmsProvider {
  static async start(kind, key, identity) {
    const s = new SmsProvider(), p = providers[kind]
    s.messages = []
    s.refused = []
    s.problem = () => null // the test's: what to refuse a message with
    const take = (q, a) => {
      const parts = []
      q.on('data', (d) => parts.push(d))
      q.on('end', () => {
        const body = Buffer.concat(parts).toString(), url = new URL(q.url, 'http://h')
        const problem = p.check(q, body, url, key) ?? s.problem(p.read(body, url))
        const [status, answer] = p.answer(problem)
        if (problem) s.refused.push({ problem, ...(q.method === 'POST' ? p.read(body, url) : {}) })
        else s.messages.push(p.read(body, url))
        a.writeHead(status, { 'Content-Type': 'application/json' })
        a.end(status === 204 ? undefined : JSON.stringify(answer))
      })
    }
    s.server = identity
      ? https.createServer({ cert: fs.readFileSync(identity.certificate), key: fs.readFileSync(identity.key) }, take)
      : http.createServer(take)
    await new Promise((go) => s.server.listen(0, '127.0.0.1', go))
    s.url = `${identity ? 'https' : 'http'}://127.0.0.1:${s.server.address().port}`
    return s
  }

  stop() {
    this.server.closeAllConnections()
    return new Promise((go) => this.server.close(go))
  }
}
