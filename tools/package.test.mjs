// package.test.mjs: nothing is packed where a promise of the privacy policy does not hold.
import test from 'node:test'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const PACKAGE = path.join(path.dirname(fileURLToPath(import.meta.url)), 'package')

// A build whose program says that it is ready, and that one promise is red.
function build(folder, promises) {
  const program = (name, lines) => fs.writeFileSync(path.join(folder, name), `#!/bin/sh\n${lines}\n`, { mode: 0o755 })
  fs.writeFileSync(path.join(folder, 'CMakeCache.txt'), 'CMAKE_PROJECT_VERSION:STATIC=0.0.1\n')
  fs.writeFileSync(path.join(folder, 'ngx_http_alapi_module.so'), '')
  program('alapi-verify', 'exit 0')
  program('alapi', `case $1 in
run) echo 'alapi: ready at nowhere'; exec sleep 60 ;;
audit) printf 'failed\\tkeys_epoch\\tnow\\ttoo old\\n'; exit ${promises} ;;
esac`)
}

test('[I2] one red probe: no package is built', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'alapi-package-'))
  build(folder, 1)
  const r = spawnSync(PACKAGE, [folder], { encoding: 'utf8', timeout: 60000 })
  const left = fs.readdirSync(folder)
  fs.rmSync(folder, { recursive: true })
  assert.notEqual(r.status, 0)
  assert.match(r.stderr, /a promise of the privacy policy does not hold; nothing is packed/)
  assert.match(r.stdout, /keys_epoch/)
  assert.ok(!left.some((f) => f.endsWith('.deb') || f === 'package'), left.join(' '))
})
