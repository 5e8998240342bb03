// http_status: "404" to "name\t中文名\t中文说明\tmeaning\tsource": the registry of IANA, the words our own.
import fs from 'node:fs'
import path from 'node:path'

const file = path.join(import.meta.dirname, '../own/http_status.tsv')

export const sources = [{ own: 'own/http_status.tsv', version: '1', licence: 'CC0-1.0' }]
export const source = 'IANA HTTP status code registry, in our own words'
export const as_of = '2026-11-01'
export const hash = true

export const entries = () => fs.readFileSync(file, 'utf8').trim().split('\n').map((line) => [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)])
