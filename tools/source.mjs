// source.mjs: what arrows and tidy share: the list of files, C without its comments and strings, and
// the way in which faults are told.
import fs from 'node:fs'
import path from 'node:path'

const SKIP = new Set(['.git', 'node_modules', 'run', 'dist', 'corpus', 'regression'])

// Every file below `root`, by its path from there, with / as the mark.
export function filesOf(root, folder = '') {
  const found = []
  for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const name = folder ? `${folder}/${entry.name}` : entry.name
    if (entry.isDirectory()) {
      const isBuilt = !folder && entry.name.startsWith('build')
      if (!SKIP.has(entry.name) && !isBuilt) found.push(...filesOf(root, name))
    } else if (entry.isFile()) {
      found.push(name)
    }
  }
  return found.sort()
}

// The same text with comments, and with `strings` also string contents, as blanks: lines and columns stay.
export function bare(text, { strings = true } = {}) {
  const token = /\/\*[^]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g
  const blank = (s) => s.replace(/[^\n]/g, ' ')
  return text.replace(token, (s) => {
    if (s[0] === '/') return blank(s)
    return strings ? s[0] + blank(s.slice(1, -1)) + s[0] : s
  })
}

// Prints the faults and sets the exit code; `--tap` makes it one test for run-tests.
export function tell(name, faults) {
  for (const fault of faults) console.error(fault)
  if (process.argv.includes('--tap')) console.log(`1..1\n${faults.length ? 'not ' : ''}ok 1 - ${name}`)
  if (faults.length) process.exitCode = 1
}
