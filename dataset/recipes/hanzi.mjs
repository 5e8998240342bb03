// hanzi: what is known of a Chinese character.
//
// Key: the character; value: pinyin (numbered, the usual one first), radical's number (with ' where simplified), strokes
// besides it, strokes in all, Cantonese, English meaning, Cangjie, four corners, simplified variants, traditional ones,
// other variants, place in the table of 2013 (通用规范汉字表), wubi 86, strokes in order (h 横 s 竖 p 撇 n 捺/点 z 折), GB
// 2312 zone and place, telegraph code, Japanese on and kun, Korean (hangul), Vietnamese.
// "R39": the radical's characters; "r39.5": characters by radical and further strokes; "s8": by all strokes; "y xue2" and
// "y xue": by sound. Lists hold the characters of the table of 2013 first.
import fs from 'node:fs'
import { execFileSync } from 'node:child_process'
import { Lists } from '../texts.mjs'

const FOLDER = '/usr/share/unicode', RIME = '/usr/share/rime-data'

export const sources = [
  { debian: 'unicode-data', path: FOLDER, licence: 'Unicode-DFS-2016' },
  { debian: 'rime-data-wubi', path: RIME, licence: 'LGPL-3.0' },
  { debian: 'rime-data-stroke', path: RIME, licence: 'LGPL-3.0' },
]
export const source = 'Unihan 15.0, Rime (wubi 86, stroke)'
export const as_of = '2022-09-15'
export const hash = true

const MARKS = { '\u0304': 1, '\u0301': 2, '\u030c': 3, '\u0300': 4 }

// "lǜ" -> "lv4"
export function numbered(marked) {
  let letters = '', tone = 5
  for (const c of marked.normalize('NFD')) {
    if (MARKS[c]) tone = MARKS[c]
    else if (c === '\u0308') letters = letters.slice(0, -1) + 'v'
    else letters += c
  }
  return letters + tone
}

export function unihan() {
  const all = new Map()
  for (const file of fs.readdirSync(FOLDER).filter((f) => /^Unihan_.*\.bz2$/.test(f)).sort()) {
    const text = execFileSync('bzip2', ['-dc', `${FOLDER}/${file}`], { encoding: 'utf8', maxBuffer: 1 << 29 })
    for (const line of text.split('\n')) {
      if (!line.startsWith('U+')) continue
      const [code, field, value] = line.split('\t')
      const c = String.fromCodePoint(parseInt(code.slice(2), 16))
      const of = all.get(c) ?? all.set(c, {}).get(c)
      of[field] = value
    }
  }
  return all
}

function codesOf(file, letters) {
  const codes = new Map()
  for (const line of fs.readFileSync(`${RIME}/${file}`, 'utf8').split('\n')) {
    const [word, code] = line.split('\t')
    if (!code || [...word].length !== 1 || !letters.test(code)) continue
    const old = codes.get(word)
    if (!old || code.length > old.length) codes.set(word, code) // the full code, not its abbreviation
  }
  return codes
}

const charsOf = (value) => [...new Set((value ?? '').split(' ').filter(Boolean).map((v) => String.fromCodePoint(parseInt(v.slice(2), 16))))]

function readings(u) {
  const found = [u.kMandarin?.split(' ')[0], ...(u.kTGHZ2013 ?? '').split(' ').map((v) => v.split(':')[1]), ...(u.kXHC1983 ?? '').split(' ').map((v) => v.split(':')[1])]
    .filter(Boolean).flatMap((v) => v.split(','))
  const usual = (u.kHanyuPinlu ?? '').split(' ').filter(Boolean).map((v) => v.replace(/\(.*/, ''))
  return [...new Set([...(usual.length && !/5$/.test(numbered(usual[0])) ? usual.slice(0, 1) : []), ...found])].map(numbered).filter((s) => /^[a-z]+[1-5]$/.test(s))
}

function valueOf(c, u, wubi, stroke, pinyin) {
  const [radical, rest] = (u.kRSUnicode ?? '.').split(' ')[0].split('.')
  const simplified = charsOf(u.kSimplifiedVariant).filter((v) => v !== c), traditional = charsOf(u.kTraditionalVariant).filter((v) => v !== c)
  const other = charsOf([u.kSemanticVariant, u.kSpecializedSemanticVariant, u.kZVariant].filter(Boolean).join(' ').replace(/<\S*/g, ''))
    .filter((v) => v !== c && !simplified.includes(v) && !traditional.includes(v))
  return [pinyin.join(' '), radical, rest, u.kTotalStrokes?.split(' ')[0] ?? '', u.kCantonese ?? '', u.kDefinition ?? '',
    u.kCangjie ?? '', u.kFourCornerCode ?? '', simplified.join(''), traditional.join(''), other.join(''),
    u.kTGH?.split(':')[1] ?? '', wubi.get(c) ?? '', stroke.get(c) ?? '', u.kGB0 ?? '', u.kMainlandTelegraph ?? '',
    u.kJapaneseOn ?? '', u.kJapaneseKun ?? '', (u.kHangul ?? '').replace(/:\S*/g, ''), u.kVietnamese ?? ''].join('\t')
}

function radicals(rows) {
  const shapes = new Map()
  for (const line of fs.readFileSync(`${FOLDER}/CJKRadicals.txt`, 'utf8').split('\n')) {
    const [n, , ideograph] = line.split(/;\s*/)
    if (!/^\d/.test(n)) continue
    const number = n.replace(/'/g, '')
    shapes.set(number, (shapes.get(number) ?? '') + String.fromCodePoint(parseInt(ideograph, 16)))
  }
  for (const [n, forms] of shapes) rows.push([`R${n}`, forms])
}

export function entries() {
  const all = unihan(), wubi = codesOf('wubi86.dict.yaml', /^[a-y]{1,4}$/), stroke = codesOf('stroke.dict.yaml', /^[hspnz]+$/)
  const rows = [], lists = new Lists(600), order = []
  for (const [c, u] of all) {
    if (!u.kRSUnicode) continue
    const pinyin = readings(u)
    rows.push([c, valueOf(c, u, wubi, stroke, pinyin)])
    const code = c.codePointAt(0)
    if (pinyin.length && code >= 0x4e00 && code <= 0x9fff) order.push([u.kTGH ? Number(u.kTGH.split(':')[1]) : 1e5 + code, c, u, pinyin])
  }
  order.sort((a, b) => a[0] - b[0])
  for (const [, c, u, pinyin] of order) {
    const [radical, rest] = u.kRSUnicode.split(' ')[0].replace(/'/g, '').split('.')
    lists.add(`r${radical}.${rest}`, c)
    lists.add(`r${radical}`, c)
    lists.add(`s${u.kTotalStrokes?.split(' ')[0]}`, c)
    for (const s of new Set(pinyin.flatMap((p) => [p, p.slice(0, -1)]))) lists.add(`y ${s}`, c)
  }
  radicals(rows)
  return [...rows, ...lists.rows().map(([k, v]) => [k, v.replace(/\t/g, '')])]
}
