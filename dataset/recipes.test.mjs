// recipes.test.mjs: each recipe gives at least what its source is known to hold, and rows that one can check.
//
//     node --test dataset/recipes.test.mjs
import test from 'node:test'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createRequire } from 'node:module'
import { writePack } from './pack.mjs'
import { regionFinder } from './regions.mjs'
import { markTone } from './recipes/idiom.mjs'

const require = createRequire(import.meta.url)

// The entries as a Map of strings; every key once, every value of `fields` fields (where it is given).
async function load(name, fields) {
  const recipe = await import(`./recipes/${name}.mjs`)
  const entries = await recipe.entries()
  const map = new Map(entries.map(([k, v]) => [k.toString(), v.toString()]))
  assert.equal(map.size, entries.length, 'every key once')
  if (fields) for (const value of map.values()) assert.equal(value.split('\t').length, fields, value)
  for (const source of recipe.sources) assert.ok(source.licence && (source.package || source.debian || source.own))
  assert.ok(recipe.source)
  return map
}

const row = (map, key) => map.get(key)?.split('\t')

test('ip: the ranges cover all of IPv4, and the package\'s own reader says the same', async () => {
  const { entries } = await import('./recipes/ip.mjs')
  const rows = entries()
  assert.ok(rows.length >= 683591)
  const starts = rows.map(([key]) => key.readUInt32BE(0))
  assert.equal(starts[0], 0)
  for (let i = 1; i < starts.length; i++) assert.ok(starts[i - 1] < starts[i])
  const find = (address) => {
    let low = 0, high = starts.length
    while (low + 1 < high) {
      const middle = (low + high) >> 1
      if (starts[middle] <= address) low = middle
      else high = middle
    }
    return rows[low][1].toString().split('\t')
  }
  const Reader = require('ip2region').default
  const reader = new Reader({ disableIpv6: true })
  for (let i = 0, address = 1; i < 20000; i++, address = (Math.imul(address, 1664525) + 1013904223) >>> 0) {
    const dotted = [24, 16, 8, 0].map((s) => (address >>> s) & 255).join('.')
    const wanted = reader.search(dotted), got = find(address)
    if (wanted.city === '内网IP') assert.equal(got[4], '内网IP', dotted)
    else assert.deepEqual([got[1], got[2], got[3], got[4]], [wanted.country, wanted.province, wanted.city, wanted.isp], dotted)
  }
  assert.deepEqual(find(0x78184e44), ['亚洲', '中国', '广东省', '深圳市', '阿里云', '440300', 'China', 'CN', '广东省深圳市'])
  assert.equal(find(0x7f000001)[4], '内网IP')
})

test('ip: every country has its code but the wide ones', async () => {
  const { entries } = await import('./recipes/ip.mjs')
  const without = new Set()
  for (const value of new Set(entries().map((r) => r[1]))) {
    const [continent, country, , , , , english, code] = value.toString().split('\t')
    if (!country) continue
    assert.ok(continent && english, country)
    if (!/^[A-Z]{2}$/.test(code)) without.add(country)
  }
  assert.deepEqual([...without].sort(), ['亚太地区', '北美地区', '欧洲', '非洲地区'].sort())
})

test('gb2260: divisions in force and abolished', async () => {
  const map = await load('gb2260', 2)
  assert.ok(map.size >= 4700)
  assert.deepEqual(row(map, '110000'), ['北京市', '0'])
  assert.deepEqual(row(map, '110105'), ['朝阳区', '0'])
  assert.deepEqual(row(map, '110221'), ['昌平县', '1'])
  assert.deepEqual(row(map, '460001'), ['通什市', '1'])
  assert.deepEqual(row(map, '513901'), ['资阳市', '1'])
  assert.deepEqual(row(map, '500155'), ['梁平区', '0'])
  assert.deepEqual(row(map, '830000'), ['台湾省', '0'])
  for (const code of map.keys()) assert.ok(/^\d{6}$/.test(code) && map.has(`${code.slice(0, 2)}0000`), code)
  const codeOf = regionFinder()
  assert.equal(codeOf('内蒙古', '锡林郭勒'), '152500')
  assert.equal(codeOf('河南省', '济源'), '419001')
  assert.equal(codeOf('吉林省', '吉林市'), '220200')
  assert.equal(codeOf('台湾省', '台北'), '710000')
})

test('phone: ranges, dialling codes and carriers', async () => {
  const map = await load('phone', 4)
  assert.ok(map.size >= 336000)
  assert.deepEqual(row(map, '1380013'), ['北京', '北京', '010', '中国移动'])
  assert.deepEqual(row(map, '199'), ['', '', '', '中国电信'])
  assert.deepEqual(row(map, '192'), ['', '', '', '中国广电'])
  let unplaced = 0
  for (const [digits, value] of map) {
    assert.match(digits, /^1[3-9]?\d{0,5}$/)
    const [province, city, dialling] = value.split('\t')
    assert.equal(Boolean(province), Boolean(city))
    assert.ok(dialling === '' || /^0\d{2,3}$/.test(dialling), value)
    if (city && !dialling && city !== '香港') unplaced++
  }
  assert.equal(unplaced, 0)
})

test('xhy: sayings without the vulgar ones', async () => {
  const map = await load('xhy', 2)
  assert.ok(map.size >= 13500)
  const values = [...map.values()]
  assert.ok(values.includes('阿公吃黄连\t苦也'))
  assert.ok(!values.some((v) => /屎|尿|婊|淫|妓|嫖/.test(v)))
  assert.ok(values.every((v) => v.split('\t').every(Boolean)))
})

test('idiom: sound, initials, meaning', async () => {
  const map = await load('idiom')
  const searchKeys = [...map.keys()].filter((key) => /^[+=]/.test(key))
  for (const key of searchKeys)
    for (const word of row(map, key))
      assert.ok(key[0] === '+' ? word.includes(key.slice(1)) : row(map, word)[1] === key.slice(1), key)
  assert.ok(row(map, '+蛇').includes('画蛇添足') && row(map, '=hstz').includes('画蛇添足'))
  for (const key of searchKeys) map.delete(key)
  assert.ok(map.size >= 32000)
  assert.deepEqual(row(map, '一毛不拔').slice(0, 2), ['yī máo bù bá', 'ymbb'])
  assert.match(row(map, '画蛇添足')[2], /^lit\. draw legs on a snake/)
  assert.equal(row(map, '虚与委蛇')[0], 'xū yǔ wēi yí')
  assert.equal(row(map, '女娲补天')[0], 'nǚ wā bǔ tiān')
  const rows = [...map.values()].map((v) => v.split('\t'))
  assert.ok(rows.filter((r) => r[2]).length >= 8000)
  assert.ok(rows.filter((r) => !r[0]).length < 300)
  for (const [pinyin, initials] of rows) {
    assert.match(pinyin, /^([a-zü\u0101\u00e1\u01ce\u00e0\u0113\u00e9\u011b\u00e8\u012b\u00ed\u01d0\u00ec\u014d\u00f3\u01d2\u00f2\u016b\u00fa\u01d4\u00f9\u01d6\u01d8\u01da\u01dc]+ ?)*$/)
    assert.equal(initials.length, pinyin ? pinyin.split(' ').length : 0)
  }
  for (const [numbered, marked] of [['lu:4', 'lǜ'], ['liu2', 'liú'], ['gui4', 'guì'], ['hou4', 'hòu'], ['xiong2', 'xióng'],
    ['jiao3', 'jiǎo'], ['ma5', 'ma'], ['Ye4', 'yè'], ['er2', 'ér'], ['lu:e4', 'lüè'], ['hm5', 'hm']])
    assert.equal(markTone(numbered), marked)
})

test('currency: ISO 4217 with rates', async () => {
  const map = await load('currency', 3)
  assert.ok(map.size >= 150)
  assert.deepEqual(row(map, 'USD'), ['美元', 'US Dollar', '1'])
  assert.equal(row(map, 'CNY')[0], '人民币')
  for (const [code, value] of map) {
    assert.match(code, /^[A-Z]{3}$/)
    assert.ok(/^\d+(\.\d+)?$/.test(value.split('\t')[2]) && Number(value.split('\t')[2]) > 0, code)
  }
  const { as_of } = await import('./recipes/currency.mjs')
  assert.match(as_of(), /^20\d\d-\d\d-\d\d$/)
})

test('pack: a key that is there twice is refused', () => {
  const file = path.join(os.tmpdir(), `recipes-test-${process.pid}.pack`)
  assert.throws(() => writePack(file, {}, [['a', '1'], ['a', '2']]), /twice/)
  writePack(file, { source: 'x' }, [['b', '2'], ['a', '1']], { hash: true })
  assert.equal(fs.readFileSync(file).toString('latin1', 0, 8), 'ALPACK01')
  fs.unlinkSync(file)
})

test('NOTICE names every source of every data set', async () => {
  const { notice } = await import('./notice.mjs')
  const text = fs.readFileSync(new URL('../NOTICE', import.meta.url), 'utf8')
  assert.equal(text, await notice(), 'node dataset/notice.mjs --write mends it')
})

test('poems: the anthologies are whole, and what is listed is there', async () => {
  const map = await load('poems')
  const count = (letter) => [...map.keys()].filter((k) => new RegExp(`^${letter}\\d{5}$`).test(k)).length
  assert.ok(count('a') >= 310 && count('d') === 305 && count('e') === 65 && count('g') > 50000)
  assert.match(map.get(row(map, '=静夜思')[0]), /举头望明月/)
  for (const [key, value] of map)
    if (/^[@=]/.test(key)) for (const id of value.split('\t').slice(0, 3)) assert.ok(map.has(id), key)
})

test('hanzi: fields of a common and of a rare character', async () => {
  const map = await load('hanzi')
  const fields = row(map, '学')
  assert.equal(fields.length, 20)
  assert.deepEqual([fields[0], fields[1], fields[3], fields[9], fields[12]], ['xue2', '39', '8', '學', 'ipbf'])
  assert.ok(map.get('r39.5').includes('学') && map.get('s8').includes('学') && map.get('y xue2').includes('学'))
})

test('bible: 31,102 verses in 66 books', async () => {
  const map = await load('bible')
  assert.equal([...map.keys()].filter((k) => /^\d{8}$/.test(k)).length, 31102)
  assert.equal([...map.keys()].filter((k) => /^=\d\d$/.test(k)).length, 66)
})

test('events: real days, and none twice', async () => {
  const map = await load('events', 2)
  for (const key of map.keys()) assert.ok(!Number.isNaN(Date.UTC(2000, key.slice(0, 2) - 1, key.slice(2, 4))) && key.length === 10, key)
  assert.equal(new Set([...map.values()]).size, map.size)
})

test('yijing: 64 hexagrams, each of its own lines', async () => {
  const map = await load('own_texts')
  const lines = [...map].filter(([k]) => /^y\d{4}$/.test(k)).map(([, v]) => v.split('\t')[4])
  assert.equal(new Set(lines).size, 64)
})
