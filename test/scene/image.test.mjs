// image.test.mjs: pictures above the usual body come in by the real door, and only where they may.
import test from 'node:test'
import assert from 'node:assert/strict'
import zlib from 'node:zlib'
import { Server, until } from '../support/server.mjs'

let s
let token

// Pixels that do not pack: the file is as long as they are. A fixed seed.
function noise(side) {
  const rows = Buffer.alloc(side * (side * 3 + 1))
  for (let i = 0, x = 7; i < rows.length; i++) {
    x = (Math.imul(x, 1103515245) + 12345) >>> 0
    rows[i] = i % (side * 3 + 1) ? x >>> 24 : 0
  }
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]), head = Buffer.alloc(4), sum = Buffer.alloc(4)
    head.writeUInt32BE(data.length)
    sum.writeUInt32BE(zlib.crc32(body))
    return Buffer.concat([head, body, sum])
  }
  const size = Buffer.alloc(13)
  size.writeUInt32BE(side)
  size.writeUInt32BE(side, 4)
  size.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', size),
    chunk('IDAT', zlib.deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

test.before(async () => {
  s = await Server.start()
  s.alapi('plan', 'set', 'image', '--rate', '0', '--quota-day', '1000')
  token = s.alapi('token', 'create', '--account', 'demo', '--plan', 'image').out.trim()
  await until(async () => (await s.call('limits', {}, token)).status === 200, 'the token')
})
test.after(async () => { await s.stop() })

test('a picture of 3 MiB is read, measured and made small', async () => {
  const picture = noise(1024).toString('base64')
  assert.ok(picture.length > 4e6)
  const info = await s.call('image/info', { image: picture }, token)
  assert.equal(info.status, 200, info.raw.toString().slice(0, 200))
  assert.equal(info.json.data.width, 1024)
  const small = await s.call('image/resize', { image: picture, width: 64, type: 'webp' }, token)
  assert.equal(small.status, 200)
  assert.equal(small.json.data.height, 64)
})

test('such a body is refused without a token, and by an API that takes no files', async () => {
  const picture = noise(1024).toString('base64')
  assert.equal((await s.call('image/info', { image: picture }, '')).status, 413)
  assert.equal((await s.call('hash', { text: picture }, token)).status, 413)
  assert.equal((await s.call('limits', {}, token)).status, 200)
})
