// manual.test.mjs: each command line of the manuals, in both languages, does what it says, word for word; only what is
// written in capitals is filled in.
import test, { after, before } from 'node:test'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { spawnSync } from 'node:child_process'
import { ALAPI, BUILD, Person, Server } from '../support/server.mjs'

const linesOf = (file) => [...fs.readFileSync(file, 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].flatMap((m) => m[1].trim().split('\n'))
let s, folder, someone
const office = {}

async function enter(name, role) {
  const p = new Person(s, name, `${name}@example.com`)
  assert.equal((await p.register()).status, 201)
  await p.login()
  await p.twoFactors()
  if (role) await p.ask('POST', '/admin/join', { token: s.alapi('staff', 'invite', name, '--role', role).out.trim() })
  return p
}

before(async () => {
  s = await Server.start()
  office.officer = await enter('officer', 'privacy')
  office.owner = await enter('owner', 'owner')
  someone = await enter('someone')
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'alapi-manual-'))
  fs.chmodSync(folder, 0o777)
  fs.writeFileSync(path.join(folder, 'document.pdf'), '%PDF-1.7\n1 0 obj\n(x)\nendobj\n%%EOF\n', { mode: 0o644 })
})
after(async () => { await s?.stop(); if (folder) fs.rmSync(folder, { recursive: true, force: true }) })

// What the next line stands on: a hold's end wants the hold, which a second person approved in the office.
const made = {}
async function approved(object) {
  const { approvals } = (await office.owner.ask('GET', '/admin/approvals')).json
  const one = approvals.find((a) => a.object === object)
  assert.equal((await office.owner.ask('POST', `/admin/approvals/${one.id}`, { decision: 'approve' })).status, 200)
}
async function idFor(line) {
  if (line.includes('hold end')) await approved(made.hold)
  if (line.includes('token revoke')) return s.alapi('token', 'list').out.split(/\s/)[0]
  return line.includes('hold') ? made.hold : made.disclosure
}

async function run(line) {
  let said = line.replace('create NAME --email ADDRESS', 'create fresh --email fresh@example.com').replaceAll('NAME', 'someone')
    .replace('OFFICER', 'officer').replace('OWNER', 'owner').replace('FILE', path.join(folder, 'document.pdf'))
    .replace(/--until \S+/, `--until ${new Date(Date.now() + 30 * 86400000).toISOString().slice(0, 10)}`).replaceAll('/var/backups', folder)
  if (/ ID\b/.test(said)) said = said.replace(' ID', ` ${await idFor(said)}`)
  const words = said.split(' ').slice(1), at = words.indexOf('--home')
  if (at > 0) words[at + 1] = words[0] === 'restore' ? path.join(folder, 'again') : s.home
  else if (!/print-config|policy check/.test(said)) words.push('--home', s.home)
  const codes = []
  for (const [i, word] of words.entries())
    if (word === '--by' || word === '--second') codes.push(await office[words[i + 1]].recoveryCode())
  return spawnSync(ALAPI, words, { encoding: 'utf8', input: codes.join('\n') + '\n', timeout: 60000 })
}

test('each command of the operator\'s manual works as it stands there', async () => {
  const lines = linesOf('docs/operating.md')
  assert.ok(lines.length > 30)
  for (const line of lines) {
    if (/alapi run |N\.zh\.md/.test(line)) continue // the start itself; a version is published in policy_change.test.mjs
    const r = await run(line)
    if (line.includes('hold open')) made.hold = r.stdout.trim()
    if (line.includes('disclosure record')) made.disclosure = r.stdout.trim()
    // A demo has no operator's name, and that is one promise that is not kept.
    if (line.includes('audit promises')) assert.match(r.stderr, /promise/)
    else assert.equal(r.status, 0, `${line}\n${r.stdout}${r.stderr}`)
  }
})

test('both languages name the same commands', () => {
  for (const name of ['operating', 'account'])
    assert.deepEqual(linesOf(`docs/${name}.zh.md`), linesOf(`docs/${name}.md`))
  const help = spawnSync(ALAPI, ['help'], { encoding: 'utf8' }).stdout
  const commands = [...help.matchAll(/^ {2}(\w+) /gm)].map((m) => m[1])
  assert.ok(commands.length >= 20)
  for (const file of ['README.md', 'README.zh.md'])
    for (const command of commands) assert.match(fs.readFileSync(file, 'utf8'), new RegExp(`\`${command}\``), `${file}: ${command}`)
})

test('a receipt is checked offline as the user\'s manual says', async () => {
  const { receipt } = (await someone.ask('GET', '/account/consents')).json.consents[0]
  const script = linesOf('docs/account.md').join('\n').replaceAll('http://127.0.0.1:8080', `http://127.0.0.1:${s.port}`)
    .replace('RECEIPT', receipt).replaceAll('build/alapi-verify', path.join(BUILD, 'alapi-verify'))
  const r = spawnSync('bash', ['-ec', script], { cwd: folder, encoding: 'utf8' })
  assert.equal(r.status, 0, r.stderr)
  assert.match(r.stdout, /action: consent\.give[\s\S]*\nok\n$/)
})
