// poems: Chinese verse of two and a half thousand years, in simplified characters.
//
// Key: a letter for the collection and five digits; value: title, author, dynasty, lines (parted by "/"), collection.
//   a 唐诗三百首  b 宋词三百首  c 千家诗  d 诗经  e 楚辞  f 曹操  g 全唐诗  h 花间集  i 全宋词  j 元曲  k 纳兰性德
// More keys: "@李白" and "=静夜思" list the poems of an author and of a title; "+月" lists lines that have the
// character as "key.line", from the anthologies first; "%李白" is what the Complete Tang Poems say of a poet.
// A poem of the Complete Tang Poems that stands in an anthology is not repeated.
import fs from 'node:fs'
import path from 'node:path'
import { Lists, number, simplified } from '../texts.mjs'

const root = path.join(path.dirname(new URL(import.meta.url).pathname), '../node_modules/chinese-poetry/dist')
const read = (file) => JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'))
const under = (folder, form) => fs.readdirSync(path.join(root, folder)).filter((f) => form.test(f))
  .sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).flatMap((f) => read(`${folder}/${f}`))

export const sources = [{ package: 'chinese-poetry', version: '2.0.1', licence: 'MIT' }, { debian: 'opencc', licence: 'Apache-2.0' }]
export const source = 'chinese-poetry 2.0.1'
export const as_of = ''
export const hash = true

const DYNASTY = { 唐: '唐', 宋: '宋', 明: '明', 元: '元', 清: '清' }
const LINE_REFS = 400, POEMS_LISTED = 4000

function qianjiashi() {
  return read('mengxue/qianjiashi.json').content.flatMap((part) => part.content.map((p) => {
    const [, dynasty, author] = /^（(.)）(.*)$/.exec(p.author ?? '') ?? [null, '', p.author ?? '']
    return { title: p.chapter, author, dynasty: DYNASTY[dynasty] ?? dynasty, lines: p.paragraphs }
  }))
}

function collections() {
  const ci = (p) => ({ title: p.rhythmic ?? p.title, author: p.author, dynasty: '宋', lines: p.paragraphs })
  const shi = (dynasty) => (p) => ({ title: p.title, author: p.author, dynasty, lines: p.paragraphs })
  return [
    ['a', '唐诗三百首', read('mengxue/tangshisanbaishou.json').content.flatMap((t) => t.content.map((p) =>
      ({ title: p.chapter + (p.subchapter ? `·${p.subchapter}` : ''), author: p.author, dynasty: '唐', lines: p.paragraphs })))],
    ['b', '宋词三百首', read('songci/宋词三百首.json').map(ci)],
    ['c', '千家诗', qianjiashi()],
    ['d', '诗经', read('shijing/shijing.json').map((p) => ({ title: `${p.section}·${p.title}`, author: '佚名', dynasty: '先秦', lines: p.content }))],
    ['e', '楚辞', read('chuci/chuci.json').map((p) => ({ title: p.section === p.title ? p.title : `${p.section}·${p.title}`, author: p.author, dynasty: '先秦', lines: p.content }))],
    ['f', '曹操集', read('caocaoshiji/caocao.json').map((p) => ({ title: p.title, author: '曹操', dynasty: '汉', lines: p.paragraphs }))],
    ['g', '全唐诗', under('quantangshi', /^poet\.tang\.\d+\.json$/).map(shi('唐'))],
    ['h', '花间集', under('wudaishici/huajianji', /juan\.json$/).map((p) => ({ title: p.title ?? p.rhythmic, author: p.author, dynasty: '五代', lines: p.paragraphs }))],
    ['i', '全宋词', under('songci', /^ci\.song\.\d+\.json$/).map(ci)],
    ['j', '元曲', read('yuanqu/yuanqu.json').map((p) => ({ title: p.title, author: p.author, dynasty: '元', lines: p.paragraphs }))],
    ['k', '纳兰词', read('nalanxingde/纳兰性德诗集.json').map((p) => ({ title: p.title, author: '纳兰性德', dynasty: '清', lines: p.para }))],
  ]
}

const clean = (t) => String(t ?? '').replace(/[\t\n/\u0001]/g, ' ').trim()

// Entries of the collections as [key, fields], all simplified.
export function poems() {
  const found = [], texts = []
  for (const [letter, name, list] of collections())
    list.filter((p) => p.lines?.length && p.title).forEach((p, i) => {
      found.push({ key: letter + number(i + 1, 5), dynasty: p.dynasty, name })
      texts.push([clean(p.title), clean(p.author) || '佚名', p.lines.map(clean).filter(Boolean).join('/')].join('\t'))
    })
  const plain = simplified(texts), seen = new Set()
  return found.map((p, i) => {
    const [title, author, lines] = plain[i].split('\t')
    return { ...p, title, author, lines }
  }).filter((p) => {
    const han = p.lines.replace(/[^\p{Script=Han}]/gu, '')
    const mark = han.slice(0, 14)
    if (!mark || ('gi'.includes(p.key[0]) && seen.has(mark))) return false
    seen.add(mark)
    return true
  })
}

// A line may hold several sentences: "床前明月光，疑是地上霜。"
function lists(all) {
  const found = new Lists(POEMS_LISTED), lines = new Lists(LINE_REFS)
  for (const p of all) {
    found.add(`@${p.author}`, p.key)
    found.add(`=${p.title}`, p.key)
    if (!'abcdefgik'.includes(p.key[0])) continue
    p.lines.split('/').forEach((line, i) => {
      if ([...line].length <= 24)
        for (const c of new Set(line.match(/\p{Script=Han}/gu))) lines.add(`+${c}`, `${p.key}.${i}`)
    })
  }
  return [...found.rows(), ...lines.rows()]
}

export function entries() {
  const all = poems()
  const poets = read('quantangshi/authors.tang.json').filter((a) => a.desc && a.name)
  const lives = simplified(poets.map((a) => `${clean(a.name)}\t${clean(a.desc)}`)).map((l) => l.split('\t'))
  const rows = all.map((p) => [p.key, [p.title, p.author, p.dynasty, p.lines, p.name].join('\t')])
  return [...rows, ...lists(all), ...new Map(lives.map(([name, life]) => [`%${name}`, life]))]
}
