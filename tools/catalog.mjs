// catalog.mjs: keeps src/api/catalog.def in the order of the paths.
//
//     node tools/catalog.mjs          says which line is out of its place (exit 1)
//     node tools/catalog.mjs --sort   writes the list anew: every endpoint_… under src/api, none twice
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')

// [[path, name]] of every descriptor below a folder.
export function endpointsUnder(folder) {
  return fs.readdirSync(folder, { recursive: true }).filter((f) => String(f).endsWith('.c') && !String(f).endsWith('_test.c'))
    .flatMap((file) => [...fs.readFileSync(path.join(folder, String(file)), 'utf8')
      .matchAll(/^const struct endpoint endpoint_(\w+) = \{\s*\.path = "([^"]+)"/gm)].map(([, name, at]) => [at, name]))
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

export const listOf = (head, endpoints) => head + endpoints.map(([, name]) => `ENDPOINT(${name})\n`).join('')

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = path.join(root, 'src/api/catalog.def')
  const old = fs.readFileSync(file, 'utf8')
  const wanted = listOf(old.slice(0, old.indexOf('ENDPOINT(')), endpointsUnder(path.join(root, 'src/api')))
  if (process.argv[2] === '--sort') fs.writeFileSync(file, wanted)
  else if (old !== wanted) {
    console.error('src/api/catalog.def is not the list of all endpoints in the order of their paths; node tools/catalog.mjs --sort mends it')
    process.exitCode = 1
  }
}
