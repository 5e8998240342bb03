// traces.test.mjs: marks are gathered from what goes over the door, and found where they should not be; and what is
// secret does not even compile as a field of a log.
import test from 'node:test'
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { Marks, search } from './traces.mjs'

test('marks come from requests and answers, by the names of their fields', () => {
  const marks = new Marks()
  marks.object({ username: 'somebody', email: 'a@b.example', password: 'long enough', code: '123456', age: 'adult_person' })
  marks.object({ list: [{ token: 'alk_live_abcdef' }] })
  marks.headers({ Cookie: 'lang=english; __Host-sid=abcdefghij', token: 'alk_live_other', Accept: 'application/json' })
  marks.object({ username: 'short', login: 'operator' })
  assert.deepEqual([...marks.kinds.keys()].sort(), ['123456', 'a@b.example', 'abcdefghij', 'alk_live_abcdef', 'alk_live_other',
    'long enough', 'somebody'])
})

test('[S8b] each kind of mark is found in a log, and a code only where it stands alone', () => {
  const rows = [
    ['address', 'a@b.example', 't=1 event=mail_sent to=a@b.example', 1],
    ['password', 'long enough', 'body={"password":"long enough"}', 1],
    ['token', 'alk_live_abcdef', 'GET /api/uuid?token=alk_live_abcdef', 1],
    ['cookie', 'abcdefghij', 'Cookie: sid=abcdefghij', 1],
    ['code', '123456', 'code=123456', 1],
    ['code', '123456', 'epoch=91234567 t=2026-11-24T04:05:06.123456Z', 0],
    ['name', 'somebody', 't=1 event=token_revoked token=42', 0],
  ]
  for (const [kind, mark, text, count] of rows)
    assert.equal(search({ marks: [[mark, kind]], logs: [{ where: 'serve', text }] }).length, count, text)
})

// The words of the log are numbers, C strings and texts; a key is a struct that none of these takes.
test('[S8b] a secret cannot be printed: it does not compile', () => {
  const compile = (line) => spawnSync('cc', ['-std=gnu2x', '-Wall', '-Wextra', '-Wformat=2', '-Werror', '-fsyntax-only', '-Isrc', '-xc', '-'], {
    input: `#include "base/log.h"\n#include "crypt/keys.h"\nvoid f(struct arena *a, struct secret s, struct keys *k);\n` +
      `void f(struct arena *a, struct secret s, struct keys *k) { (void)a; (void)s; (void)k; ${line} }\n`, encoding: 'utf8' })
  const good = compile('log_event(LOG_INFO, "token_revoked", F_I64("token", 42), F_C("why", "owner"));')
  assert.equal(good.status, 0, good.stderr)
  for (const line of ['log_event(LOG_INFO, "x", F_TEXT("key", s));', 'log_event(LOG_INFO, "x", F_C("key", s));',
    'log_event(LOG_INFO, "x", F_C("key", k->log.bytes));', 'log_event(LOG_INFO, "x", F_I64("key", s));',
    '(void)text_say_in(a, "%s", s);', '(void)text_say_in(a, "%s", k->pepper);'])
    assert.notEqual(compile(line).status, 0, `${line} compiles`)
})
