// notice.mjs: NOTICE, made of what the recipes say of their sources.
//
//     node dataset/notice.mjs           prints it
//     node dataset/notice.mjs --write   writes ../NOTICE; a test compares that file with the recipes
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const here = path.dirname(fileURLToPath(import.meta.url))

// The lines of a licence file that name who holds the rights.
function holdersOf(source) {
  const folder = source.package && path.join(here, 'node_modules', source.package)
  const file = folder && fs.existsSync(folder) && fs.readdirSync(folder).find((name) => /^(licen[cs]e|copying|notice)/i.test(name))
  if (!file || !fs.statSync(path.join(folder, file)).isFile()) return []
  const lines = fs.readFileSync(path.join(folder, file), 'utf8').split('\n').map((line) => line.trim())
  return lines.filter((line) => /^copyright (\(c\)|©|\d)/i.test(line)).slice(0, 4)
}

const nameOf = (s) => (s.own ? `alapi, dataset/${s.own}` : s.debian ? `Debian package ${s.debian}` : `npm package ${s.package} ${s.version}`)

export async function notice() {
  const recipes = path.join(here, 'recipes')
  const names = fs.readdirSync(recipes).filter((f) => f.endsWith('.mjs')).map((f) => f.slice(0, -4)).sort()
  let text = 'alapi\n\nThe reference data is made of these sources by the recipes of dataset/recipes (node dataset/notice.mjs --write).\n'
  for (const name of names) {
    const { sources } = await import(path.join(recipes, `${name}.mjs`))
    text += `\n${name}\n`
    for (const s of sources) text += [`  ${nameOf(s)}: ${s.licence}`, ...holdersOf(s).map((line) => `    ${line}`)].join('\n') + '\n'
  }
  return text
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = await notice()
  if (process.argv[2] === '--write') fs.writeFileSync(path.join(here, '..', 'NOTICE'), text)
  else process.stdout.write(text)
}
