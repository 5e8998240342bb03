// pack.mjs: writes a data set in the format that src/data/pack.h describes.
//
// writePack(path, meta, entries, {hash}): entries are [key, value] of strings or Buffers, in any order;
// keys must be unique. Equal values are stored once. `hash` adds an index for exact look-ups, which are
// then one probe; sets that are asked for ranges leave it out.
import fs from 'node:fs'

const BLOCK = 1 << 16

const table = new Uint32Array(256).map((_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1
  return c >>> 0
})

function crc32(bytes) {
  let c = 0xffffffff
  for (let i = 0; i < bytes.length; i++) c = table[(c ^ bytes[i]) & 255] ^ (c >>> 8)
  return (c ^ 0xffffffff) >>> 0
}

function fnv1a(bytes) {
  let h = 2166136261
  for (let i = 0; i < bytes.length; i++) h = Math.imul(h ^ bytes[i], 16777619) >>> 0
  return h
}

const buffer = (x) => (Buffer.isBuffer(x) ? x : Buffer.from(x, 'utf8'))

// Places of values in the file; a value that came before is stored once.
class Heap {
  constructor(start) {
    this.at = start
    this.parts = []
    this.seen = new Map()
  }
  put(bytes) {
    const name = bytes.toString('latin1')
    const known = this.seen.get(name)
    if (known !== undefined) return known
    const at = this.at
    this.parts.push(bytes)
    this.at += bytes.length
    this.seen.set(name, at)
    return at
  }
}

function hashIndex(keys) {
  let slots = 2
  while (slots < keys.length * 2) slots *= 2
  const index = Buffer.alloc(slots * 4)
  keys.forEach((key, i) => {
    let slot = fnv1a(key) & (slots - 1)
    while (index.readUInt32LE(slot * 4) !== 0) slot = (slot + 1) & (slots - 1)
    index.writeUInt32LE(i + 1, slot * 4)
  })
  return { slots, index }
}

export function writePack(path, meta, entries, { hash = false } = {}) {
  const rows = entries.map(([k, v]) => [buffer(k), buffer(v)]).sort((a, b) => Buffer.compare(a[0], b[0]))
  for (let i = 1; i < rows.length; i++)
    if (rows[i][0].equals(rows[i - 1][0])) throw new Error(`${path}: the key ${rows[i][0]} is there twice`)
  const table16 = Buffer.alloc(rows.length * 16)
  const { slots, index } = hash ? hashIndex(rows.map((r) => r[0])) : { slots: 0, index: Buffer.alloc(0) }
  const entriesAt = 128
  const hashAt = entriesAt + table16.length
  const metaAt = hashAt + index.length
  const metaBytes = Buffer.from(Object.entries(meta).map(([k, v]) => `${k}\t${v}\n`).join(''))
  const heap = new Heap(metaAt + metaBytes.length)
  // All keys first: a search reads keys only, and so they lie together.
  rows.forEach(([key], i) => table16.writeUInt32LE(heap.put(key), i * 16))
  rows.forEach(([key, value], i) => {
    table16.writeUInt32LE(heap.put(value), i * 16 + 4)
    table16.writeUInt32LE(value.length, i * 16 + 8)
    table16.writeUInt16LE(key.length, i * 16 + 12)
  })
  const sumsAt = heap.at
  if (sumsAt > 0xffffffff) throw new Error(`${path}: larger than 4 GiB`)
  const blocks = Math.ceil(sumsAt / BLOCK)
  const header = Buffer.alloc(128)
  header.write('ALPACK01', 'latin1')
  header.writeBigUInt64LE(BigInt(sumsAt + 4 * blocks), 8)
  header.writeUInt32LE(rows.length, 16)
  header.writeUInt32LE(slots, 20)
  header.writeBigUInt64LE(BigInt(entriesAt), 24)
  header.writeBigUInt64LE(BigInt(hashAt), 32)
  header.writeBigUInt64LE(BigInt(metaAt), 40)
  header.writeUInt32LE(metaBytes.length, 48)
  header.writeUInt32LE(blocks, 52)
  header.writeBigUInt64LE(BigInt(sumsAt), 56)
  const body = Buffer.concat([header, table16, index, metaBytes, ...heap.parts])
  sealAndWrite(path, body, sumsAt, blocks)
}

// The sum of sums and the header's own come last; block 0 holds the header, so its sum comes after them
// both: the two fields count as zero in it.
function sealAndWrite(path, body, sumsAt, blocks) {
  const sums = Buffer.alloc(blocks * 4)
  for (let i = 1; i < blocks; i++)
    sums.writeUInt32LE(crc32(body.subarray(i * BLOCK, Math.min((i + 1) * BLOCK, sumsAt))), i * 4)
  sums.writeUInt32LE(crc32(body.subarray(128, Math.min(BLOCK, sumsAt))), 0)
  body.writeUInt32LE(crc32(sums), 64)
  body.writeUInt32LE(crc32(body.subarray(0, 68)), 68)
  const beside = `${path}.new`
  fs.writeFileSync(beside, Buffer.concat([body, sums]))
  fs.renameSync(beside, path)
}
