// xhy.mjs: xiehouyu, two-part sayings: a riddle and its answer (several parted by "；").
// Key: a number of five digits, in the order of the source; value: riddle, answer.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

export const sources = [{ package: 'cnchar-xhy', version: '3.2.6', licence: 'MIT' }]
export const source = 'cnchar-xhy 3.2.6'
export const as_of = '' // a collection of sayings has no date
export const hash = false

// A saying with one of these is left out: excrement, sex, contempt of women, blows within the family.
const vulgar = ['屎', '尿', '放屁', '臭屁', '屁眼', '好屁', '妓', '嫖', '婊', '淫', '骚货', '骚气', '捉奸', '偷汉', '裸男', '裸女',
  '光屁股', '光腚', '腚', '破鞋', '尼姑有喜', '尼姑生孩子', '尼姑养儿', '杂种', '窑姐', '打老婆', '打婆娘', '婆娘挨打', '私生子',
  '龟孙', '下贱', '奶头', '姨太', '小老婆', '童养媳', '老绝户', '绝户坟', '调戏', '臭婆', '大闺女怀孕', '脱裤', '解裤', '粪']

export function entries() {
  const module = require('cnchar-xhy')
  const seen = new Set(), found = []
  for (const [riddle, answer] of (module.default ?? module).dict.array) {
    const text = `${riddle}\t${answer}`
    if (seen.has(text) || vulgar.some((word) => text.includes(word))) continue
    seen.add(text)
    found.push([String(found.length + 1).padStart(5, '0'), text])
  }
  return found
}
