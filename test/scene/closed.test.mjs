// closed.test.mjs: a whole life under a network that leads nowhere: one with this machine's loopback and nothing else,
// where the kernel counts each packet that somebody wanted to send elsewhere.
import test from 'node:test'
import assert from 'node:assert/strict'
import path from 'node:path'
import { spawn } from 'node:child_process'
import { once } from 'node:events'

// Inside, an ordinary user is himself again: the service refuses to run as root.
const here = (words) => process.getuid() === 0 ? ['-n', 'sh', '-c', `ip link set lo up && exec ${words}`]
  : ['-rn', 'sh', '-c', `ip link set lo up && exec unshare -U --map-user=${process.getuid()} --map-group=${process.getgid()} ${words}`]

test('[T2] nothing of a person leaves this machine: of a whole life no packet goes elsewhere', async () => {
  const scene = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../support/closed_life.mjs')
  const { NODE_TEST_CONTEXT, ...env } = process.env
  const child = spawn('unshare', here(`${process.execPath} ${scene}`), { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = '', err = ''
  child.stdout.on('data', (d) => { out += d })
  child.stderr.on('data', (d) => { err += d })
  const [code] = await once(child, 'close')
  assert.equal(code, 0, `${out}\n${err}`)
  const told = JSON.parse(out)
  assert.deepEqual(told.interfaces, ['lo'])
  assert.ok(told.lived.length > 10 && told.loopback_packets > 100, out)
  assert.equal(told.elsewhere, 0, 'packets that somebody wanted to send elsewhere')
  assert.equal(told.elsewhere_of_control, 2, 'one that is sent on purpose, by each family, is counted')
})
