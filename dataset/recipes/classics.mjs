// classics: prose and primers of the classical canon, in simplified characters.
//
// Key: a letter for the book, two digits of the chapter (or essay); value: book, chapter, author, paragraphs (parted by
// "/"). "=": the books as "letter name author chapters".
import fs from 'node:fs'
import path from 'node:path'
import { number, simplified } from '../texts.mjs'

const root = path.join(path.dirname(new URL(import.meta.url).pathname), '../node_modules/chinese-poetry/dist')
const read = (file) => JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'))

export { sources, source, as_of } from './poems.mjs'
export const hash = true

const flat = (x) => (Array.isArray(x) ? x.flatMap(flat) : typeof x === 'string' ? [x] : flat(x?.paragraphs ?? x?.content ?? []))
const parts = (file) => read(file).content.flatMap((c) => (c.paragraphs ? [c] : (c.content ?? [])))
const chapter = (c) => ({ chapter: c.chapter ?? c.title ?? '', author: c.author ?? '', paragraphs: flat(c) })
const whole = (file) => [{ chapter: '', author: '', paragraphs: flat(read(file)) }]

function books() {
  return [
    ['a', '论语', '孔子弟子及再传弟子', read('lunyu/lunyu.json').map(chapter)],
    ['b', '大学', '曾子（传）', [chapter(read('sishuwujing/daxue.json'))]],
    ['c', '中庸', '子思（传）', [chapter(read('sishuwujing/zhongyong.json'))]],
    ['d', '孟子', '孟子及弟子', read('sishuwujing/mengzi.json').map(chapter)],
    ['e', '三字经', '王应麟（传）', whole('mengxue/sanzijing-traditional.json')],
    ['f', '百家姓', '佚名', whole('mengxue/baijiaxing.json')],
    ['g', '千字文', '周兴嗣', whole('mengxue/qianziwen.json')],
    ['h', '弟子规', '李毓秀', parts('mengxue/dizigui.json').map(chapter)],
    ['i', '朱子家训', '朱柏庐', whole('mengxue/zhuzijiaxun.json')],
    ['j', '增广贤文', '佚名', parts('mengxue/zengguangxianwen.json').map(chapter)],
    ['k', '声律启蒙', '车万育', parts('mengxue/shenglvqimeng.json').map(chapter)],
    ['l', '幼学琼林', '程登吉', parts('mengxue/youxueqionglin.json').map(chapter)],
    ['m', '文字蒙求', '王筠', parts('mengxue/wenzimengqiu.json').map(chapter)],
    ['n', '幽梦影', '张潮', [{ chapter: '', author: '张潮', paragraphs: read('youmengying/youmengying.json').map((x) => x.content) }]],
    ['o', '古文观止', '吴楚材、吴调侯（选）', parts('mengxue/guwenguanzhi.json').map(chapter)],
  ]
}

const clean = (t) => t.replace(/[\t\n/\u0001]/g, ' ').replace(/「/g, '“').replace(/」/g, '”').replace(/『/g, '‘').replace(/』/g, '’').trim()

export function classics() {
  const all = books().flatMap(([letter, book, author, chapters]) => chapters.filter((c) => c.paragraphs.length).map((c, i) => ({
    key: letter + number(i + 1, 3), book, chapter: c.chapter, author: c.author || author, paragraphs: c.paragraphs,
  })))
  const plain = simplified(all.map((c) => [clean(c.chapter), clean(c.author), c.paragraphs.map(clean).filter(Boolean).join('/')].join('\t')))
  return all.map((c, i) => {
    const [name, author, paragraphs] = plain[i].split('\t')
    return { ...c, chapter: name, author, paragraphs }
  })
}

export function entries() {
  const all = classics()
  const index = books().map(([letter, book, author]) => `${letter} ${book} ${author} ${all.filter((c) => c.key[0] === letter).length}`)
  return [...all.map((c) => [c.key, [c.book, c.chapter, c.author, c.paragraphs].join('\t')]), ['=', index.join('\t')]]
}
