// run-bench.mjs: runs every program of BUILD/bench and prints the figures; what `make bench` ends with.
import fs from 'node:fs'
import path from 'node:path'
import { spawnSync } from 'node:child_process'

const folder = path.join(process.argv[2] ?? 'build', 'bench')
const programs = fs.existsSync(folder) ? fs.readdirSync(folder).filter((f) => f.endsWith('_bench')).sort() : []
if (programs.length === 0) {
  console.error(`bench: there is no program in ${folder}; build them with: ninja -C ${path.dirname(folder)} benches`)
  process.exit(1)
}
for (const name of programs) {
  console.log(`== ${name}`)
  const { status, signal } = spawnSync(path.join(folder, name), [], { stdio: 'inherit' })
  if (status !== 0) {
    console.error(`bench: ${name} ended with ${signal ?? `exit ${status}`}`)
    process.exitCode = 1
  }
}
