// mailbox.mjs: domains of mail that is thrown away after use, and of mail that anybody gets for nothing.
// Key: the domain; value: "d" (disposable), "w" (every name below it is disposable too) or "f" (free).
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

export const sources = [
  { package: 'disposable-email-domains', version: '1.0.62', licence: 'MIT' },
  { package: 'free-email-domains', version: '1.12.6', licence: 'MIT' },
]
export const source = 'disposable-email-domains 1.0.62, free-email-domains 1.12.6'
export const as_of = ''
export const hash = true

export function entries() {
  const found = new Map()
  for (const domain of require('free-email-domains/domains.json')) found.set(domain.toLowerCase(), 'f')
  for (const domain of require('disposable-email-domains/index.json')) found.set(domain.toLowerCase(), 'd')
  for (const domain of require('disposable-email-domains/wildcard.json')) found.set(domain.toLowerCase(), 'w')
  // Large providers stand in both lists now and then; nobody throws their mail away.
  for (const domain of ['gmail.com', 'qq.com', '163.com', '126.com', 'outlook.com', 'hotmail.com', 'yahoo.com', 'icloud.com', 'foxmail.com',
    'sina.com', 'sohu.com', '139.com', '189.cn', 'aliyun.com', 'proton.me', 'protonmail.com', 'live.com', 'msn.com', 'yeah.net'])
    found.set(domain, 'f')
  return [...found]
}
