// attacks.mjs: what an attacker's client does: bytes of HTTP/1.1 and frames of HTTP/2 as no library would send them.
import tls from 'node:tls'

// Frame types and flags of RFC 9113.
export const DATA = 0, HEADERS = 1, RST_STREAM = 3, SETTINGS = 4, PING = 6, GOAWAY = 7, WINDOW_UPDATE = 8, CONTINUATION = 9
export const END_STREAM = 1, END_HEADERS = 4

export function frame(type, flags, stream, payload = Buffer.alloc(0)) {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head[3] = type
  head[4] = flags
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

// HPACK (RFC 7541): an integer behind a prefix; a literal without Huffman, new name, indexed or not.
function integer(value, bits, first) {
  const most = 2 ** bits - 1
  if (value < most) return Buffer.from([first | value])
  const bytes = [first | most]
  for (value -= most; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) | 128)
  return Buffer.from([...bytes, value])
}

const words = (text) => Buffer.concat([integer(text.length, 7, 0), Buffer.from(text, 'latin1')])
export const literal = (name, value, first = 0x00) => Buffer.concat([Buffer.from([first]), words(name), words(value)])
export const indexed = (index) => integer(index, 7, 0x80)

export const request = (path, headers = {}) => Buffer.concat([literal(':method', 'GET'), literal(':scheme', 'https'),
  literal(':authority', 'localhost'), literal(':path', path), ...Object.entries(headers).map(([n, v]) => literal(n, v))])

export const settings = (...pairs) => frame(SETTINGS, 0, 0, Buffer.concat(pairs.map(([id, value]) => {
  const b = Buffer.alloc(6)
  b.writeUInt16BE(id, 0)
  b.writeUInt32BE(value, 2)
  return b
})))

// One connection of HTTP/2 by hand. `frames` are those that came: { type, flags, stream, payload }.
export class Frames {
  static open(port, first = settings()) {
    const c = new Frames()
    c.frames = []
    c.sent = 0
    c.closed = false
    c.rest = Buffer.alloc(0)
    c.socket = tls.connect({ host: '127.0.0.1', port, rejectUnauthorized: false, servername: 'localhost', ALPNProtocols: ['h2'] })
    c.socket.on('data', (d) => c.take(d))
    c.socket.on('error', () => {})
    c.socket.on('close', () => { c.closed = true })
    return new Promise((resolve, reject) => {
      c.socket.once('error', reject)
      c.socket.once('secureConnect', () => {
        c.send(Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), first)
        resolve(c)
      })
    })
  }

  take(bytes) {
    this.rest = Buffer.concat([this.rest, bytes])
    while (this.rest.length >= 9) {
      const length = this.rest.readUIntBE(0, 3)
      if (this.rest.length < 9 + length) return
      this.frames.push({ type: this.rest[3], flags: this.rest[4], stream: this.rest.readUInt32BE(5) & 0x7fffffff,
        payload: this.rest.subarray(9, 9 + length) })
      this.rest = this.rest.subarray(9 + length)
    }
  }

  // Writes; false once the other side has hung up.
  send(...frames) {
    if (this.closed || this.socket.destroyed) return false
    const bytes = Buffer.concat(frames)
    this.sent += bytes.length
    this.socket.write(bytes)
    return true
  }

  // Until what was written has left this process, so that an attack runs at the pace of its victim.
  drained() {
    if (this.closed || !this.socket.writableNeedDrain) return new Promise((go) => setImmediate(go))
    return new Promise((go) => { this.socket.once('drain', go); this.socket.once('close', go) })
  }

  get isEnded() { return this.closed || this.frames.some((f) => f.type === GOAWAY) }
  saw(type, stream) { return this.frames.some((f) => f.type === type && (stream === undefined || f.stream === stream)) }
  end() { this.socket.destroy() }
}

// Bytes over TLS as they are; resolves with all that came when the other side hung up, or after quietMs of silence.
export function bytes(port, parts, { quietMs = 3000 } = {}) {
  return new Promise((resolve) => {
    const came = []
    const s = tls.connect({ host: '127.0.0.1', port, rejectUnauthorized: false, servername: 'localhost', ALPNProtocols: ['http/1.1'] })
    s.setTimeout(quietMs, () => s.destroy())
    let hungUp = false
    s.on('secureConnect', () => { for (const part of [parts].flat()) s.write(part, 'latin1') })
    s.on('data', (d) => came.push(d))
    s.on('end', () => { hungUp = true })
    s.on('error', () => { hungUp = true })
    s.on('close', () => resolve({ said: Buffer.concat(came).toString('utf8'), hungUp }))
  })
}
