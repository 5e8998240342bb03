// verses: one or two lines of verse that stand well alone, by their theme.
//
// Key: two digits of the theme and four that count; value: lines, author, title, kind (唐诗, 宋词 …), theme, collection's
// dynasty. The theme is told by the words of the lines, the first that fits; key "=" lists themes, "number name count".
import { poems } from './poems.mjs'
import { number } from '../texts.mjs'

export { sources, source, as_of } from './poems.mjs'
export const hash = false

const THEMES = [
  ['月夜', /月|蟾|婵娟/], ['离别', /别|送|离|去去|长亭|阳关/], ['思乡', /乡|归|故园|客/], ['饮酒', /酒|醉|杯|樽/],
  ['春天', /春|杨柳|燕|莺/], ['秋天', /秋|雁|霜|落叶/], ['冬雪', /雪|寒|冰|梅/], ['夏天', /夏|荷|莲|蝉|暑/],
  ['风雨', /雨|风|云/], ['山水', /山|水|江|河|湖|海|溪/], ['草木', /花|草|树|竹|松|菊/], ['边塞', /塞|戍|胡|马|剑|将军|战/],
  ['爱情', /相思|情|鸳|郎|妾|君子/], ['光阴', /年|老|白发|今|古|日/], ['其他', /./],
]
const KINDS = { a: '唐诗', b: '宋词', c: '宋诗', d: '诗经', e: '楚辞', f: '汉诗', k: '清词' }

// Pairs of clauses: a line that holds two, or two short lines.
function pairs(lines) {
  return lines.split('/').filter((line) => {
    const han = line.replace(/[^\p{Script=Han}]/gu, '').length
    return han >= 8 && han <= 22 && /[。！？；]$/.test(line) && !/[□“”「」：（]/.test(line)
  })
}

export function entries() {
  const counts = THEMES.map(() => 0), rows = [], seen = new Set()
  for (const p of poems()) {
    if (!KINDS[p.key[0]]) continue
    const kind = p.key[0] === 'c' && p.dynasty === '唐' ? '唐诗' : KINDS[p.key[0]]
    for (const line of pairs(p.lines)) {
      if (seen.has(line)) continue
      seen.add(line)
      const theme = THEMES.findIndex(([, words]) => words.test(line))
      const value = [line, p.author, p.title, kind, THEMES[theme][0], p.dynasty].join('\t')
      rows.push([number(theme + 1, 2) + number(++counts[theme], 4), value])
    }
  }
  return [...rows, ['=', THEMES.map(([name], i) => `${number(i + 1, 2)} ${name} ${counts[i]}`).join('\t')]]
}
