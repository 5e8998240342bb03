// authenticator.mjs: an authenticator of the tests' own: real keys, real signatures, in WebAuthn's JSON.
import crypto from 'node:crypto'

const url = (bytes) => Buffer.from(bytes).toString('base64url')
const sha256 = (bytes) => crypto.createHash('sha256').update(bytes).digest()

// As much CBOR as it takes.
function cbor(value) {
  const head = (kind, n) => n < 24 ? Buffer.from([kind << 5 | n])
    : n < 256 ? Buffer.from([kind << 5 | 24, n]) : Buffer.from([kind << 5 | 25, n >> 8, n & 255])
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([k, v]) => [cbor(k), cbor(v)])])
}

export class Authenticator {
  constructor(origin) {
    this.origin = origin
    this.host = new URL(origin).hostname
    this.id = crypto.randomBytes(32)
    this.counter = 1
    this.flags = 5 // present and verified
    Object.assign(this, crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }))
  }

  clientData(type, challenge, more = {}) {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false, ...more }))
  }

  data(flags, rest = Buffer.alloc(0)) {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(this.counter)
    return Buffer.concat([sha256(this.host), Buffer.from([flags]), counter, rest])
  }

  create(publicKey, more) {
    const jwk = this.publicKey.export({ format: 'jwk' }), part = (t) => Buffer.from(t, 'base64url')
    const key = cbor(new Map([[1, 2], [3, -7], [-1, 1], [-2, part(jwk.x)], [-3, part(jwk.y)]]))
    const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, this.id.length]), this.id, key])
    const attestation = new Map([['fmt', 'none'], ['attStmt', new Map()], ['authData', this.data(this.flags | 64, credential)]])
    return { id: url(this.id), rawId: url(this.id), type: 'public-key', clientExtensionResults: {},
      response: { clientDataJSON: url(this.clientData('webauthn.create', publicKey.challenge, more)),
        attestationObject: url(cbor(attestation)), transports: ['internal'] } }
  }

  get(challenge, more) {
    this.counter++
    const data = this.data(this.flags), client = this.clientData('webauthn.get', challenge, more)
    return { id: url(this.id), rawId: url(this.id), type: 'public-key', clientExtensionResults: {},
      response: { clientDataJSON: url(client), authenticatorData: url(data),
        signature: url(crypto.sign('sha256', Buffer.concat([data, sha256(client)]), this.privateKey)) } }
  }
}

// The code that an authenticator app shows (RFC 6238), `off` steps from now.
export function totp(seed, off = 0) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...seed].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + off))
  const mac = crypto.createHmac('sha1', key).update(counter).digest(), at = mac[19] & 15
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0')
}
