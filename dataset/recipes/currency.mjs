// currency.mjs: the currencies of ISO 4217 and what one US dollar is in each.
// Key "CNY"; value: name in Chinese, name in English, units for one US dollar as decimal text.
import fs from 'node:fs'
import { packageFile } from '../regions.mjs'

export const sources = [
  { package: '@fawazahmed0/currency-api', version: '2026.9.29', licence: 'CC0-1.0' },
  { debian: 'iso-codes', path: '/usr/share/iso-codes/json/iso_4217.json', licence: 'LGPL-2.1+' },
]
export const source = '@fawazahmed0/currency-api'
export const hash = true

const rates = () => JSON.parse(fs.readFileSync(packageFile('@fawazahmed0/currency-api/v1/currencies/usd.json'), 'utf8'))

export const as_of = () => rates().date

export function entries() {
  const { usd } = rates()
  const name = (tag) => new Intl.DisplayNames([tag], { type: 'currency', fallback: 'none' })
  const chinese = name('zh-Hans'), english = name('en')
  const list = JSON.parse(fs.readFileSync(sources[1].path, 'utf8'))['4217']
  return list.filter(({ alpha_3: code }) => usd[code.toLowerCase()] > 0).map(({ alpha_3: code, name: official }) =>
    [code, [chinese.of(code) ?? official, english.of(code) ?? official, decimal(usd[code.toLowerCase()])].join('\t')])
}

// Without an exponent: 1e-7 would be read by none of our number readers as it stands in the file.
const decimal = (x) => (String(x).includes('e') ? x.toFixed(12) : String(x))
