// origins.mjs: what the pages may not do, looked for in their sources; the build stops where it is found:
// load anything from another host, run a script that stands in the page, or keep something in the browser that
// is no cookie of the register (src/site/cookies.def). Links that a person follows are free.
//
//     node tools/origins.mjs FILE|FOLDER…
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const elsewhere = String.raw`(?:https?:)?\/\/[^\s"'>)]+`
const RULES = [
  [new RegExp(String.raw`\b(?:src|srcset|action|formaction|poster|data|background|ping)\s*=\s*["']?\s*${elsewhere}`, 'i'), 'loads from or sends to another host'],
  [new RegExp(String.raw`<(?:link|base|use|image)\b[^>]*href\s*=\s*["']?\s*${elsewhere}`, 'i'), 'loads from another host'],
  [new RegExp(String.raw`(?:@import\s+["']?|url\(\s*["']?)\s*${elsewhere}`, 'i'), 'loads from another host'],
  [new RegExp(String.raw`\b(?:fetch|import|WebSocket|EventSource|importScripts|sendBeacon)\s*\(\s*["'\x60]\s*(?:wss?:|${elsewhere})`, 'i'), 'talks to another host'],
  [/<script\b(?![^>]*\bsrc\s*=)[^>]*>/i, 'has a script in the page'],
  [/<(?:iframe|object|embed)\b/i, 'embeds something'],
  [/\b(?:localStorage|sessionStorage|indexedDB|document\.cookie|sendBeacon|toDataURL|getImageData|AudioContext)\b/, 'keeps or measures what the register of cookies does not know'],
]

function* filesOf(place) {
  if (!fs.statSync(place).isDirectory()) { yield place; return }
  for (const name of fs.readdirSync(place).sort())
    if (!/^(node_modules|dist|\..*)$/.test(name)) yield* filesOf(path.join(place, name))
}

export function faultsOf(places) {
  const faults = []
  for (const place of places)
    for (const file of filesOf(place)) {
      if (!/\.(html|css|js|mjs|ts|vue|svg|atom)$/.test(file)) continue
      fs.readFileSync(file, 'utf8').split('\n').forEach((line, i) => {
        for (const [shape, say] of RULES) if (shape.test(line)) faults.push(`${path.basename(file)}:${i + 1}: ${say}: ${line.trim().slice(0, 100)}`)
      })
    }
  return faults
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = faultsOf(process.argv.slice(2))
  for (const fault of faults) console.error(`origins: ${fault}`)
  process.exit(faults.length ? 1 : 0)
}
