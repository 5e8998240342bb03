// run-bench.mjs: prepares the benches' data, runs every program of BUILD/bench whose name ends in _bench, then
// bench/apis.mjs, bench/gateway.mjs, ten minutes of bench/steady.mjs and a million accounts (people_bench), and lets
// them print their figures; what `make bench` ends with.
import fs from 'node:fs'
import path from 'node:path'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { prepare } from '../bench/prepare.mjs'

const build = process.argv[2] ?? 'build'
const folder = path.join(build, 'bench')
if (!fs.existsSync(folder)) {
  console.error(`bench: there is no ${folder}; build its programs with: ninja -C ${build} benches`)
  process.exit(1)
}
const files = prepare(folder)
const jobs = fs.readdirSync(folder).filter((file) => file.endsWith('_bench')).sort()
  .filter((name) => name !== 'people_bench') // the longest, at the end
  .map((name) => ({ name, words: [path.join(folder, name), ...(name === 'pack_bench' ? [...files, folder] : [])] }))
const bench = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'bench')
for (const name of ['apis', 'gateway', 'steady'])
  jobs.push({ name, words: [process.execPath, path.join(bench, `${name}.mjs`), build] })
jobs.push({ name: 'people_bench', words: [path.join(folder, 'people_bench')] })
for (const { name, words } of jobs) {
  console.log(`== ${name}`)
  const { status, signal } = spawnSync(words[0], words.slice(1), { stdio: 'inherit' })
  if (status !== 0) {
    console.error(`bench: ${name} ended with ${signal ?? `exit ${status}`}`)
    process.exitCode = 1
  }
}
