// Self test of what is packed: how the programs are linked, and how far systemd shuts them in.
import test from 'node:test'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { spawnSync } from 'node:child_process'

const BUILD = path.resolve(process.env.ALAPI_BUILD ?? 'build')
const run = (...words) => spawnSync(words[0], words.slice(1), { encoding: 'utf8', maxBuffer: 1 << 26 })
const built = (name) => path.join(BUILD, name)
const programs = ['alapi', 'ngx_http_alapi_module.so', 'alapi-verify'].filter((name) => fs.existsSync(built(name)))

test('[S9] what is built: at no fixed place, nothing writable that is resolved, no stack that runs, guarded', { skip: !programs.length }, () => {
  for (const name of programs) {
    const about = run('readelf', '-hldW', built(name)).stdout
    assert.match(about, /Type:\s+DYN/, name)
    assert.match(about, /GNU_RELRO/, name)
    assert.match(about, /GNU_STACK\s.*\sRW\s/, name)
    assert.ok(!/\sRWE\s/.test(about), `${name} has a part that is writable and runs`)
    assert.ok(!/TEXTREL|RPATH|RUNPATH/.test(about), name)
    if (name !== 'alapi-verify') assert.match(about, /FLAGS\)\s+.*BIND_NOW|FLAGS_1\)\s+Flags:.*NOW/, name)
    if (!name.endsWith('.so')) assert.match(about, /Flags:.*\bPIE\b/, name)
    if (name === 'alapi-verify') continue /* static: its functions have no names to look up */
    const names = run('readelf', '-W', '--dyn-syms', built(name)).stdout
    assert.match(names, /__stack_chk_fail/, name)
    assert.match(names, /__(memcpy|snprintf|vsnprintf)_chk/, `${name} is built with _FORTIFY_SOURCE`)
  }
})

const hasAnalyze = run('systemd-analyze', 'security', '--help').stdout?.includes('--offline')

test('[S9] the unit is open to at most 2.0, as systemd measures it', { skip: !hasAnalyze }, () => {
  const r = run('systemd-analyze', 'security', '--offline=yes', '--threshold=20', '--no-pager', 'packaging/alapi.service')
  assert.equal(r.status, 0, r.stdout + r.stderr)
  const level = /Overall exposure level for alapi.service: ([\d.]+)/.exec(r.stdout)
  assert.ok(level && Number(level[1]) <= 2.0, r.stdout.slice(-300))
})

test('[S9] the unit says each of what the measure rests on', () => {
  const unit = fs.readFileSync('packaging/alapi.service', 'utf8').split('\n')
  for (const line of ['NoNewPrivileges=yes', 'DynamicUser=yes', 'CapabilityBoundingSet=', 'ProtectSystem=strict', 'ProtectHome=yes', 'PrivateTmp=yes',
    'PrivateDevices=yes', 'PrivateUsers=yes', 'ProtectKernelTunables=yes', 'ProtectKernelModules=yes', 'ProtectControlGroups=yes', 'RestrictNamespaces=yes',
    'LockPersonality=yes', 'MemoryDenyWriteExecute=yes', 'RestrictSUIDSGID=yes', 'SystemCallArchitectures=native', 'SystemCallFilter=@system-service', 'UMask=0077'])
    assert.ok(unit.includes(line), line)
})
