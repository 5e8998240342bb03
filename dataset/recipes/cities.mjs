// cities: towns of the world with more than 15,000 people, and their time zones.
//
// Key: a name in small letters (Latin, or one of the other names, Chinese among them); value: towns parted by line ends, the
// largest first: name, country's code, latitude, longitude, people, time zone.
import fs from 'node:fs'

const FILE = '/usr/share/libtimezonemap/ui/cities15000.txt'

export const sources = [{ debian: 'libtimezonemap-data', path: FILE, licence: 'CC-BY-4.0 (GeoNames)' }]
export const source = 'GeoNames cities15000 (libtimezonemap 0.4.6)'
export const as_of = '2012-01-01'
export const hash = true

// Towns that the list knows by other names only.
const ALIASES = { 北京: 'beijing', 上海: 'shanghai', 纽约: 'new york city', 'new york': 'new york city', 伦敦: 'london', 东京: 'tokyo', 巴黎: 'paris',
  悉尼: 'sydney', 莫斯科: 'moscow', 新加坡: 'singapore', 首尔: 'seoul', 迪拜: 'dubai', 洛杉矶: 'los angeles', 旧金山: 'san francisco', 芝加哥: 'chicago',
  多伦多: 'toronto', 温哥华: 'vancouver', 柏林: 'berlin', 罗马: 'rome', 马德里: 'madrid', 曼谷: 'bangkok', 孟买: 'mumbai', 新德里: 'new delhi',
  开罗: 'cairo', 圣保罗: 'sao paulo', 墨西哥城: 'mexico city', 奥克兰: 'auckland', 墨尔本: 'melbourne', 香港: 'hong kong', 澳门: 'macau', 台北: 'taipei',
  广州: 'guangzhou', 深圳: 'shenzhen', 成都: 'chengdu', 重庆: 'chongqing', 西安: "xi'an", 武汉: 'wuhan', 杭州: 'hangzhou', 南京: 'nanjing', 天津: 'tianjin',
  乌鲁木齐: 'urumqi', 拉萨: 'lhasa', 檀香山: 'honolulu', 西雅图: 'seattle', 波士顿: 'boston', 法兰克福: 'frankfurt am main', 苏黎世: 'zurich',
  阿姆斯特丹: 'amsterdam', 伊斯坦布尔: 'istanbul', 雅加达: 'jakarta', 马尼拉: 'manila', 河内: 'hanoi', 吉隆坡: 'kuala lumpur', 约翰内斯堡: 'johannesburg' }

const plain = (name) => name.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/’/g, "'").trim()

export function entries() {
  const found = new Map()
  const towns = fs.readFileSync(FILE, 'utf8').split('\n').filter(Boolean).map((l) => l.split('\t')).map((f) =>
    ({ name: f[1], names: [f[1], f[2], ...f[3].split(',')], people: Number(f[14]), line: [f[1], f[8], f[4], f[5], f[14], f[17]].join('\t') }))
  for (const t of towns.sort((a, b) => b.people - a.people))
    for (const name of new Set(t.names.filter((n) => /^[\p{Script=Latin}\p{Script=Han}'. -]{2,40}$/u.test(n)).map(plain))) {
      const of = found.get(name) ?? found.set(name, []).get(name)
      if (of.length < 10 && !of.includes(t.line)) of.push(t.line)
    }
  for (const [alias, name] of Object.entries(ALIASES)) if (found.has(name)) found.set(alias, found.get(name))
  return [...found].map(([name, lines]) => [name, lines.join('\n')])
}
