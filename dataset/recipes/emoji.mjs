// emoji: "0001" (the order of Unicode) to "emoji\tzh\ten\tgroup\tversion\thexcode\ttags zh\ttags en\tskins", tags by "|";
// "=😀" (without U+FE0F) to the order.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const zh = require('emojibase-data/zh/data.json'), en = require('emojibase-data/en/data.json')
const { groups } = require('emojibase-data/meta/groups.json')

export const sources = [{ package: 'emojibase-data', version: '17.0.0', licence: 'MIT (CLDR: Unicode-3.0)' }]
export const source = 'emojibase-data 17.0.0 (Unicode CLDR)'
export const as_of = '2026-02-27'
export const hash = true

const plain = (emoji) => emoji.replaceAll('\ufe0f', '')

export function entries() {
  const english = new Map(en.map((row) => [row.hexcode, row]))
  const rows = zh.filter((row) => row.group !== undefined && row.group !== 2).sort((a, b) => a.order - b.order)
  const found = new Map()
  rows.forEach((row, i) => {
    const key = String(i + 1).padStart(4, '0'), twin = english.get(row.hexcode)
    const tags = (list) => (list ?? []).join('|')
    const skins = (row.skins ?? []).filter((skin) => !Array.isArray(skin.tone)).map((skin) => skin.emoji)
    found.set(key, [row.emoji, row.label, twin.label, groups[row.group], row.version, row.hexcode, tags(row.tags), tags(twin.tags), skins.join('|')].join('\t'))
    for (const name of [row.emoji, ...skins]) if (!found.has(`=${plain(name)}`)) found.set(`=${plain(name)}`, key)
  })
  return [...found]
}
