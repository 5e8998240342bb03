// sayings: short sentences with their author and work, for hitokoto and the quotations.
//
// Key: a letter of the kind and five digits; value: sentence, work, author.
// Kinds are hitokoto's letters: d 文学 (幽梦影, 声律启蒙), i 诗词 (the two anthologies), k 哲学 (论语, 孟子, 大学, 中庸), l 谚语
// (增广贤文). All of authors who died before 1800.
import { classics } from './classics.mjs'
import { poems } from './poems.mjs'
import { number } from '../texts.mjs'

export { sources, source, as_of } from './poems.mjs'
export const hash = false

const han = (t) => t.replace(/[^\p{Script=Han}]/gu, '').length
const KIND = { a: 'k', b: 'k', c: 'k', d: 'k', j: 'l', n: 'd' }

// What the master says, without the frame: “学而时习之，不亦说乎？…” Longer talk is left out.
function sentences(text) {
  const said = /^(?:子|孟子|曾子|子夏|子贡|有子)曰：“([^“”]+)”$/.exec(text)
  const bare = said ? said[1] : text
  return /[“”‘’：□（]/.test(bare) ? [] : [bare]
}

export function entries() {
  const rows = [], counts = {}, seen = new Set()
  const add = (kind, sentence, work, author) => {
    const length = han(sentence)
    if (length < 6 || length > 60 || seen.has(sentence)) return
    seen.add(sentence)
    counts[kind] = (counts[kind] ?? 0) + 1
    rows.push([kind + number(counts[kind], 5), [sentence, work, author].join('\t')])
  }
  const unkind = /死|妇|妻|女|奴|贼|杀|棺|娼|嫖|贱|丑/ // what the proverbs say of these is not for a daily sentence
  for (const c of classics().filter((x) => KIND[x.key[0]]))
    for (const paragraph of c.paragraphs.split('/'))
      for (const s of sentences(paragraph.trim()).filter((x) => c.key[0] !== 'j' || !unkind.test(x)))
        add(KIND[c.key[0]], s, c.chapter && c.chapter !== c.book ? `${c.book}·${c.chapter}` : c.book, 'ad'.includes(c.key[0]) ? (c.key[0] === 'a' ? '孔子及弟子' : '孟子') : c.author)
  for (const p of poems().filter((x) => 'ab'.includes(x.key[0])))
    for (const line of p.lines.split('/'))
      if (han(line) >= 10 && han(line) <= 24 && /[。！？]$/.test(line)) add('i', line, p.title, p.author)
  return rows
}
