// arrows.mjs: reads every #include of src/ and says which ones point up; the law stands in arrows.txt.
//
//     node tools/arrows.mjs [--tap]
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { bare, filesOf, tell } from './source.mjs'

export function lawOf(text) {
  const law = { sees: new Map(), only: [], made: new Map() }
  for (const line of text.split('\n').map((l) => l.replace(/#.*/, '').trim()).filter(Boolean)) {
    const only = /^only\s*:\s*<(.+)> in (\w+)$/.exec(line)
    const made = /^made\s*:\s*(\S+) in (\w+)$/.exec(line)
    const room = /^(\w+)\s*:\s*([\w\s]*)$/.exec(line)
    if (only) law.only.push({ pattern: new RegExp(`^${only[1].replace(/[.]/g, '\\.').replace('*', '.*')}$`), room: only[2] })
    else if (made) law.made.set(made[1], made[2])
    else if (room) law.sees.set(room[1], new Set(room[2].split(/\s+/).filter(Boolean)))
    else throw new Error(`arrows.txt: "${line}" is neither a room nor an only nor a made`)
  }
  return law
}

function includesOf(text) {
  const found = []
  bare(text, { strings: false }).split('\n').forEach((line, i) => {
    const hit = /^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)/.exec(line)
    if (hit) found.push({ line: i + 1, own: hit[1], foreign: hit[2] })
  })
  return found
}

// What is wrong with one include of a file in `room`, as the end of a sentence; nothing where it is right.
function faultOf(law, room, isTest, { own, foreign }) {
  if (foreign) {
    const rule = law.only.find((o) => o.pattern.test(foreign))
    return rule && rule.room !== room ? `only ${rule.room} may. Call a door of ${rule.room} instead.` : null
  }
  if (isTest) return null
  const target = own.includes('/') ? own.split('/')[0] : law.made.get(own)
  if (!target) return 'no room is named. Write the path from src/, as "room/name.h".'
  if (!law.sees.has(target)) return `there is no room ${target}. Add it to tools/arrows.txt if the house has grown.`
  if (target === room || law.sees.get(room).has(target)) return null
  const may = [...law.sees.get(room)].join(', ') || 'nothing else'
  return `${room} may not see ${target}; it may see ${may}.`
}

// Every circle among headers, told once.
function circlesOf(graph) {
  const state = new Map(), faults = []
  const walk = (name, trail) => {
    if (state.get(name) === 'done' || !graph.has(name)) return
    if (trail.includes(name)) {
      const circle = [...trail.slice(trail.indexOf(name)), name]
      faults.push(`src/${name} includes itself in a circle: ${circle.join(' -> ')}. Move what both need into a header below them.`)
      return
    }
    for (const next of graph.get(name)) walk(next, [...trail, name])
    state.set(name, 'done')
  }
  for (const name of graph.keys()) walk(name, [])
  return faults
}

export function check(root) {
  const law = lawOf(fs.readFileSync(path.join(root, 'tools/arrows.txt'), 'utf8'))
  const faults = [], graph = new Map()
  for (const file of filesOf(root, 'src').filter((f) => /\.[ch]$/.test(f))) {
    const [, room] = file.split('/')
    const includes = includesOf(fs.readFileSync(path.join(root, file), 'utf8'))
    if (file.endsWith('.h')) graph.set(file.slice(4), includes.filter((i) => i.own).map((i) => i.own))
    if (!law.sees.has(room)) {
      faults.push(`${file}: src/${room} is no room of tools/arrows.txt. Add it there, or move the file.`)
      continue
    }
    for (const include of includes) {
      const fault = faultOf(law, room, file.endsWith('_test.c'), include)
      const name = include.own ? `"${include.own}"` : `<${include.foreign}>`
      if (fault) faults.push(`${file}:${include.line} includes ${name}: ${fault}`)
    }
  }
  return [...faults, ...circlesOf(graph)]
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  tell('arrows', check(path.join(path.dirname(fileURLToPath(import.meta.url)), '..')))
