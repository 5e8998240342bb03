// abbr: what people on the net mean by a few letters. Key: the letters; value: meanings.
import { ownRows } from '../texts.mjs'

export const sources = [{ own: 'own/abbr.tsv', version: '1', licence: 'CC0-1.0' }]
export const source = 'alapi'
export const as_of = '2026-11-24'
export const hash = true

export const entries = () => [...new Map(ownRows('abbr').map(([letters, ...meanings]) => [letters, meanings.join('\t')]))]
