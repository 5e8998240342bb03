// passwords: what people take as passwords and attackers try first; nobody gets one of these.
//
// Key: the password in lower case, 4 characters at least (shorter ones cannot be told from parts of good ones);
// value: its place in the list of the most frequent. The list was made from published breaches.
import common from '@zxcvbn-ts/language-common'

export const sources = [{ package: '@zxcvbn-ts/language-common', version: '3.0.4', licence: 'MIT' }]
export const source = '@zxcvbn-ts/language-common 3.0.4'
export const as_of = '2023-08-01'
export const hash = true

export function entries() {
  const seen = new Map()
  for (const [place, word] of common.dictionary.passwords.entries()) {
    const key = word.normalize('NFC').toLowerCase()
    if ([...key].length >= 4 && !seen.has(key)) seen.set(key, String(place + 1))
  }
  return [...seen]
}
