// The OpenAPI documents pass a public validator without a word, examples included.
import test from 'node:test'
import assert from 'node:assert/strict'
import path from 'node:path'
import { execFileSync } from 'node:child_process'
import { createConfig, lintFromString } from '@redocly/openapi-core'

const program = path.join(process.env.ALAPI_BUILD ?? 'build', 'alapi')

for (const version of ['3.0', '3.1'])
  test(`the document of OpenAPI ${version} has no error and no warning`, async () => {
    const source = execFileSync(program, ['call', '/openapi.json', `version=${version}`], { encoding: 'utf8', maxBuffer: 1 << 26 })
    assert.ok(JSON.parse(source).openapi.startsWith(version))
    const config = await createConfig({ extends: ['recommended'] })
    const problems = await lintFromString({ source, config, absoluteRef: 'openapi.json' })
    assert.deepEqual(problems.map((p) => `${p.severity} ${p.ruleId}: ${p.message} ${p.location[0].pointer}`), [])
  })
