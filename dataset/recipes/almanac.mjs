// almanac: what is good and bad to do on a day, and its good and evil spirits.
//
// All four follow from the branch of the month's pillar and the day's pillar, so 720 rows hold every
// day there is. Key "寅甲辰"; fields: yi, ji, good spirits, evil spirits, each a list parted by blanks
// ("无" where there is nothing). lunar-javascript asks for the whole pillar of the month; that its
// stem makes no difference is checked here.
import lunar from 'lunar-javascript'

const { LunarUtil } = lunar

export const sources = [{ package: 'lunar-javascript', version: '1.7.7', licence: 'MIT' }]
export const source = 'lunar-javascript 1.7.7'
export const as_of = '2025-11-05'
export const hash = true

const branches = [...'子丑寅卯辰巳午未申酉戌亥']

function row(month, branch, day) {
  return [
    LunarUtil.getDayYi(month, day),
    LunarUtil.getDayJi(month, day),
    LunarUtil.getDayJiShen(branch, day),
    LunarUtil.getDayXiongSha(branch, day),
  ].map((list) => list.join(' ')).join('\t')
}

export function entries() {
  const rows = []
  for (const [place, branch] of branches.entries())
    for (const day of LunarUtil.JIA_ZI) {
      const months = LunarUtil.JIA_ZI.filter((pillar) => pillar.endsWith(branch))
      const values = new Set(months.map((month) => row(month, place, day)))
      if (values.size !== 1) throw new Error(`the stem of the month matters for ${branch} ${day}`)
      rows.push([branch + day, [...values][0]])
    }
  return rows
}
