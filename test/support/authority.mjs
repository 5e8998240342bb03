// authority.mjs: a certificate authority of a test's own, and certificates of localhost by it.
import fs from 'node:fs'
import path from 'node:path'
import { spawnSync } from 'node:child_process'

export function openssl(...args) {
  const r = spawnSync('openssl', args, { encoding: 'utf8', timeout: 30000, input: '' })
  return { code: r.status, out: `${r.stdout}${r.stderr}` }
}

function must(r) {
  if (r.code !== 0) throw new Error(r.out)
  return r
}

export class Authority {
  constructor(folder) {
    this.folder = folder
    const [key, file] = [this.at('ca.key'), this.at('ca.pem')]
    must(openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key,
      '-out', file, '-days', '2', '-subj', '/CN=test authority'))
    this.pem = fs.readFileSync(file, 'utf8')
    this.file = file
  }

  at(name) { return path.join(this.folder, name) }

  // { certificate, key }: paths; each with a serial number of its own.
  issue(name) {
    const [key, ask, made, more] = ['key', 'csr', 'pem', 'ext'].map((end) => this.at(`${name}.${end}`))
    fs.writeFileSync(more, 'subjectAltName=DNS:localhost,IP:127.0.0.1\n')
    must(openssl('req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key,
      '-out', ask, '-subj', `/CN=${name}`))
    must(openssl('x509', '-req', '-in', ask, '-CA', this.file, '-CAkey', this.at('ca.key'), '-CAcreateserial', '-out', made,
      '-days', '2', '-extfile', more))
    fs.chmodSync(key, 0o400)
    return { certificate: made, key }
  }
}
