// sqlgen.test.mjs: what the register of personal data and the assessments refuse, before anything is built.
import test from 'node:test'
import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { spawnSync } from 'node:child_process'

// sqlgen over a copy of sql/ in which `change` has been at work.
function sqlgen(change) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sqlgen-'))
  fs.cpSync('sql', folder, { recursive: true })
  change((file, edit) => {
    const where = path.join(folder, file)
    const before = fs.readFileSync(where, 'utf8'), after = edit(before)
    assert.notEqual(after, before, file)
    fs.writeFileSync(where, after)
  })
  const r = spawnSync(process.execPath, ['tools/sqlgen.mjs', folder, path.join(folder, 'out')], { encoding: 'utf8' })
  fs.rmSync(folder, { recursive: true })
  return r
}

test('[U12] a sensitive column that no approved assessment names does not build', () => {
  assert.equal(sqlgen(() => {}).status, 0)
  const r = sqlgen((edit) => edit('personal.tsv', (t) => t.replace(/^(contact\.sealed\t\w+\t)ordinary/m, '$1sensitive')))
  assert.equal(r.status, 1)
  assert.match(r.stderr, /contact\.sealed is sensitive and no approved assessment names it/)
  const gone = sqlgen((edit) => edit('assessments.tsv', (t) => t.split('\n').filter((l) => l.startsWith('#')).join('\n')))
  assert.match(gone.stderr, /account\.guarded is sensitive and no approved assessment names it/)
  const alone = sqlgen((edit) => edit('assessments.tsv', (t) => t.replace('\tengineering\tprivacy\t', '\tprivacy\tprivacy\t')))
  assert.match(alone.stderr, /who wrote it does not approve it/)
})

test('[U7][D2] a column that the register does not list does not build', () => {
  const r = sqlgen((edit) => edit('schema/001_base.sql', (t) => t.replace('CREATE TABLE contact (', 'CREATE TABLE contact (\n    fax TEXT,')))
  assert.equal(r.status, 1)
  assert.match(r.stderr, /the column contact\.fax is not listed/)
})
