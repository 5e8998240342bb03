// Self test of tools/arrows.mjs: wrong trees, and the sentence that each must get.
import test from 'node:test'
import assert from 'node:assert'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { check } from './arrows.mjs'

const here = path.dirname(new URL(import.meta.url).pathname)

function house(files) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'arrows-'))
  const all = { 'tools/arrows.txt': fs.readFileSync(path.join(here, 'arrows.txt'), 'utf8'), 'src/base/text.h': '', ...files }
  for (const [name, text] of Object.entries(all)) {
    fs.mkdirSync(path.join(root, path.dirname(name)), { recursive: true })
    fs.writeFileSync(path.join(root, name), text)
  }
  return check(root)
}

const rows = [
  ['an arrow that points up', { 'src/api/ip.c': '/* x */\n\n#include "store/store.h"\n' },
    /^src\/api\/ip\.c:3 includes "store\/store\.h": api may not see store; it may see call, data/],
  ['rooms on one floor', { 'src/codec/x.c': '#include "crypt/hash.h"\n' }, /codec may not see crypt; it may see base\./],
  ['a library in the wrong room', { 'src/api/x.c': '#include <sqlite3.h>\n' },
    /^src\/api\/x\.c:1 includes <sqlite3\.h>: only store may\./],
  ['a pattern of headers', { 'src/gate/x.c': '#include <ngx_http.h>\n' }, /includes <ngx_http\.h>: only nginx may/],
  ['a header in a folder', { 'src/api/x.c': '#include <curl/curl.h>\n' }, /only fetch may/],
  ['a library in a test of another room', { 'src/api/x_test.c': '#include <sodium.h>\n' }, /only crypt may/],
  ['no room named', { 'src/base/x.c': '#include "text.h"\n' }, /no room is named/],
  ['a header that the build makes', { 'src/api/x.c': '#include "store_sql.h"\n' }, /api may not see store/],
  ['a room that is not there', { 'src/base/x.c': '#include "attic/x.h"\n' }, /there is no room attic/],
  ['a folder that is no room', { 'src/attic/x.c': '' }, /src\/attic is no room/],
  ['a circle of headers', { 'src/base/a.h': '#include "base/b.h"\n', 'src/base/b.h': '#include "base/a.h"\n' },
    /circle: base\/a\.h -> base\/b\.h -> base\/a\.h/],
]
for (const [name, files, sentence] of rows)
  test(name, () => {
    const faults = house(files)
    assert.equal(faults.length, 1, faults.join('\n'))
    assert.match(faults[0], sentence)
  })

test('what is right is silent', () => {
  assert.deepEqual(house({
    'src/api/x.c': '#include "call/ask.h"\n#include "base/text.h"\n#include <string.h>\n',
    'src/api/y.c': '/* never\n#include "store/store.h"\n*/\n// #include "domain/x.h"\n',
    'src/api/x_test.c': '#include "test.h"\n#include "gate/perform.h"\n',
    'src/nginx/m.c': '#include <ngx_http.h>\n#include "gate/perform.h"\n#include "api/catalog.h"\n',
    'src/domain/a.c': '#include "store_sql.h"\n',
    'src/app/main.c': '#include "domain/account.h"\n#include <microhttpd.h>\n',
  }), [])
})
