// run-bench.mjs: prepares the benches' data and runs every program of BUILD/bench; what `make bench` ends with.
import fs from 'node:fs'
import path from 'node:path'
import { spawnSync } from 'node:child_process'
import { prepare } from '../bench/prepare.mjs'

const folder = path.join(process.argv[2] ?? 'build', 'bench')
const programs = fs.existsSync(folder) ? fs.readdirSync(folder).filter((f) => f.endsWith('_bench')).sort() : []
if (programs.length === 0) {
  console.error(`bench: there is no program in ${folder}; build them with: ninja -C ${path.dirname(folder)} benches`)
  process.exit(1)
}
const files = prepare(folder)
for (const name of programs) {
  console.log(`== ${name}`)
  const { status, signal } = spawnSync(path.join(folder, name), [...files, folder], { stdio: 'inherit' })
  if (status !== 0) {
    console.error(`bench: ${name} ended with ${signal ?? `exit ${status}`}`)
    process.exitCode = 1
  }
}
