// ip.mjs: IPv4 ranges to place and carrier.
//
// Key: first address of the range, 4 bytes big-endian; the range ends before the next key. Value: continent,
// country, province, city, carrier, GB/T 2260 code, country in English, ISO 3166 code, place in one string.
//
// ip2region.db, format of version 1: u32 first and u32 last index place; an index entry is u32 start, u32 end,
// u32 (length << 24 | place), all little-endian; at the place a u32 city id and "country|area|province|city|isp",
// "0" for what is not known. The file of IPv6 ranges in the same package is not used: it is of another origin
// and has no licence.
import fs from 'node:fs'
import { packageFile, regionFinder, regionSources } from '../regions.mjs'

export const sources = [
  { package: 'ip2region', version: '2.3.0', licence: 'MIT (data Apache-2.0)' },
  ...regionSources,
]
export const source = 'ip2region 2.3.0 (IPv4)'
export const as_of = '2021-10-25'
export const hash = false

// Names that CLDR writes otherwise.
const otherwise = {
  阿联酋: 'AE', 巴勒斯坦: 'PS', 刚果金: 'CD', 刚果布: 'CG', 马其顿: 'MK', 波黑: 'BA', 留尼旺: 'RE', 圣马丁: 'MF',
  孟加拉: 'BD', 托克劳群岛: 'TK', 瓦利斯和富图纳群岛: 'WF', 中非: 'CF', 多米尼加: 'DO', 法国南部领地: 'TF',
  南乔治亚岛和南桑威奇群岛: 'GS', 蒙塞拉特岛: 'MS', 安的列斯: 'AN', 荷属圣马丁: 'SX', 英属印度洋领地: 'IO',
}
// What is larger than a country; it has no code.
const wide = { 欧洲: ['Europe', '欧洲'], 北美地区: ['North America', '北美洲'], 非洲地区: ['Africa', '非洲'],
  亚太地区: ['Asia-Pacific', '亚洲'] }

// The United Nations' geographic regions (M49), folded into seven continents.
const continents = {
  亚洲: `AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK PS
    QA SA SG SY TH TJ TL TM TR TW UZ VN YE`,
  欧洲: `AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL
    NO PL PT RO RS RU SE SI SJ SK SM UA VA XK`,
  非洲: `AC AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS LY MA MG ML MR MU MW MZ NA
    NE NG RE RW SC SD SH SL SN SO SS ST SZ TA TD TG TN TZ UG YT ZA ZM ZW`,
  北美洲: `AG AI AN AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX NI PA PM PR SV SX TC TT
    US VC VG VI`,
  南美洲: 'AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE',
  大洋洲: 'AS AU CC CK CX FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS',
  南极洲: 'AQ HM TF',
}

function countryFinder() {
  const name = (tag) => new Intl.DisplayNames([tag], { type: 'region', fallback: 'none' })
  const chinese = name('zh-Hans'), english = name('en')
  const codes = new Map(), continent = new Map()
  for (const [where, list] of Object.entries(continents))
    for (const code of list.split(/\s+/)) {
      continent.set(code, where)
      if (chinese.of(code)) codes.set(chinese.of(code), code)
    }
  return (country) => {
    if (country === '0') return ['', '', '']
    if (wide[country]) return [wide[country][1], wide[country][0], '']
    const code = otherwise[country] ?? codes.get(country)
    if (!code) throw new Error(`the country ${country} has no code: name it in the recipe`)
    return [continent.get(code), code === 'AN' ? 'Netherlands Antilles' : english.of(code), code]
  }
}

function valueMaker() {
  const placeOf = countryFinder(), codeOf = regionFinder()
  const known = (x) => (x === '0' ? '' : x)
  return (region) => {
    const [country, , province, city, carrier] = region.split('|')
    if (city === '内网IP') return ['', '', '', '', '内网IP', '', '', '', '内网IP'].join('\t')
    const [continent, english, code] = placeOf(country)
    const adcode = country === '中国' && province !== '0' ? codeOf(province, known(city)) : ''
    const parts = [known(country), known(province), known(city)].filter((x, i, all) => x && x !== all[i - 1])
    if (country === '中国' && province !== '0') parts.shift()
    // "北京北京市" says it once.
    const pos = parts.filter((x, i) => !parts[i + 1]?.startsWith(x)).join('')
    return [continent, known(country), known(province), known(city), known(carrier), adcode, english, code, pos].join('\t')
  }
}

export function entries() {
  const db = fs.readFileSync(packageFile('ip2region/data/ip2region.db'))
  const first = db.readUInt32LE(0), last = db.readUInt32LE(4)
  const valueOf = valueMaker()
  const values = new Map(), found = []
  let next = 0
  for (let at = first; at <= last; at += 12) {
    const start = db.readUInt32LE(at), pointer = db.readUInt32LE(at + 8)
    if (start !== next) throw new Error(`there is a gap before ${start}`)
    next = db.readUInt32LE(at + 4) + 1
    if (!values.has(pointer)) {
      const place = pointer & 0xffffff
      values.set(pointer, Buffer.from(valueOf(db.toString('utf8', place + 4, place + (pointer >>> 24)))))
    }
    const key = Buffer.alloc(4)
    key.writeUInt32BE(start)
    found.push([key, values.get(pointer)])
  }
  if (next !== 0x100000000) throw new Error('the ranges end too early')
  return found
}
