// Self test of tools/setup: a made-up machine whose dpkg-query, apt-get, id, sudo, npm and node are scripts.
import test from 'node:test'
import assert from 'node:assert'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { spawnSync } from 'node:child_process'

const here = path.dirname(new URL(import.meta.url).pathname)

function machine({ installed = [], uid = 0, apt = 'exit 0', node = 'v20.0.0', sudo = true } = {}) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'setup-'))
  const script = (name, body) => {
    fs.mkdirSync(path.join(root, path.dirname(name)), { recursive: true })
    fs.writeFileSync(path.join(root, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 })
  }
  fs.mkdirSync(path.join(root, 'tools'))
  fs.copyFileSync(path.join(here, 'setup'), path.join(root, 'tools/setup'))
  fs.mkdirSync(path.join(root, 'packaging'))
  fs.writeFileSync(path.join(root, 'packaging/apt.txt'), '# a comment\ngcc\nnginx # why\nnodejs\nnpm\n')
  script('bin/dpkg-query', installed.map((line) => `echo "${line}"`).join('\n') + '\nexit 1')
  script('bin/apt-get', `echo "$@ policy=$(sh $SETUP_POLICY; echo $?)" >>${root}/apt.log\n${apt}`)
  script('bin/id', `echo ${uid}`)
  script('bin/npm', `echo "$PWD $@" >>${root}/npm.log; mkdir -p node_modules`)
  if (node) script('bin/node', `echo ${node}`)
  if (sudo) script('bin/sudo', `echo "$@" >>${root}/sudo.log; exec "$@"`)
  for (const tool of ['sh', 'cat', 'sed', 'sort', 'comm', 'grep', 'mktemp', 'rm', 'mv', 'cp', 'install', 'env',
    'dirname', 'cmp', 'mkdir', 'kill'])
    fs.symlinkSync(fs.existsSync(`/usr/bin/${tool}`) ? `/usr/bin/${tool}` : `/bin/${tool}`, path.join(root, 'bin', tool))
  const policy = path.join(root, 'policy-rc.d')
  const read = (name) => fs.existsSync(path.join(root, name)) ? fs.readFileSync(path.join(root, name), 'utf8') : null
  const run = () => spawnSync(path.join(root, 'tools/setup'), {
    encoding: 'utf8', env: { PATH: path.join(root, 'bin'), SETUP_POLICY: policy },
  })
  return { root, run, read, policy }
}

const all = ['gcc installed', 'nginx installed']

test('nothing missing: nothing is called', () => {
  const m = machine({ installed: all })
  assert.equal(m.run().status, 0)
  assert.equal(m.read('apt.log'), null)
})

test('a package that left only its configuration is missing', () => {
  const m = machine({ installed: ['gcc installed', 'nginx config-files'] })
  assert.equal(m.run().status, 0)
  assert.match(m.read('apt.log'), /install --no-install-recommends nginx policy=101/)
  assert.equal(fs.existsSync(m.policy), false)
})

test('an old node does not count', () => {
  const m = machine({ installed: all, node: 'v16.20.0' })
  assert.equal(m.run().status, 0)
  assert.match(m.read('apt.log'), /install --no-install-recommends nodejs npm policy=101/)
})

test('the policy that was there is put back, after success and after a fault', () => {
  for (const apt of ['exit 0', 'exit 100', 'kill -INT $PPID; exit 1']) {
    const m = machine({ apt })
    fs.writeFileSync(m.policy, '#!/bin/sh\nexit 7\n', { mode: 0o755 })
    const { status } = m.run()
    assert.equal(status === 0, apt === 'exit 0', apt)
    assert.equal(m.read('policy-rc.d'), '#!/bin/sh\nexit 7\n', apt)
    assert.match(m.read('apt.log'), /policy=101/)
    assert.equal(fs.existsSync(`${m.policy}.before-alapi`), false)
  }
})

test('what a killed run left behind is mended by the next', () => {
  const m = machine()
  fs.writeFileSync(m.policy, '#!/bin/sh\n# made by tools/setup of alapi, gone when it ends\nexit 101\n', { mode: 0o755 })
  fs.writeFileSync(`${m.policy}.before-alapi`, '#!/bin/sh\nexit 7\n', { mode: 0o755 })
  assert.equal(m.run().status, 0)
  assert.equal(m.read('policy-rc.d'), '#!/bin/sh\nexit 7\n')
})

test('an ordinary user goes through sudo, and is told where there is none', () => {
  const m = machine({ uid: 1000 })
  assert.equal(m.run().status, 0)
  assert.match(m.read('sudo.log'), /apt-get .*install .*gcc nginx/)
  const bare = machine({ uid: 1000, sudo: false }).run()
  assert.equal(bare.status, 1)
  assert.match(bare.stderr, /there is no sudo: .*apt-get install gcc nginx/)
})

test('a failing apt-get is one sentence at the end', () => {
  const { stderr, status } = machine({ apt: 'exit 100' }).run()
  assert.equal(status, 1)
  assert.match(stderr.trim().split('\n').at(-1), /^setup: apt-get update failed/)
})

test('npm ci runs once for a lock file', () => {
  const m = machine({ installed: all })
  fs.mkdirSync(path.join(m.root, 'dataset'))
  fs.writeFileSync(path.join(m.root, 'dataset/package-lock.json'), '{}')
  assert.equal(m.run().status, 0)
  assert.equal(m.run().status, 0)
  assert.equal(m.read('npm.log').trim().split('\n').length, 1)
  fs.writeFileSync(path.join(m.root, 'dataset/package-lock.json'), '{ }')
  m.run()
  assert.equal(m.read('npm.log').trim().split('\n').length, 2)
})
