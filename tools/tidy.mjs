// tidy.mjs: the parts of the style that a program can check. One sentence for each fault.
//
//     node tools/tidy.mjs [--tap]
//
// Columns: 100 is what one writes (.clang-format), 110 is where this program fails.
// A fault that is meant is waived in a comment on the line above it, with its reason:
//     /* tidy: parameters: the range is three of them */
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { bare, filesOf, tell } from './source.mjs'

const LIMIT = { function: 70, header: 250, file: 800, api: 300, parameters: 6, nesting: 4, columns: 110, wide: 160 }
const BANNED = /\b(strcpy|strcat|sprintf|vsprintf|strtok|atoi|atol|rand|gets|alloca|system|popen)\s*\(/g
const INSTEAD = 'Use base/text.h, base/buf.h or base/random.h.'
const TEXTUAL = /\.(c|h|def|mjs|js|ts|vue|css|html|md|cmake|txt|sh|sql|toml|conf|in|json|yml)$|(^|\/)(Makefile|[a-z-]+)$/
const MACHINE = new RegExp('(?<![\\w.~-])/(work|home|tmp)/')
// By the shape of a registry's name, since even a list of them is none of the project's business.
const REGISTRY = /\b(registry\.\w+\.\w+|(deb|security)\.\w+\.org|\w*mirror\.(com|org)|proxy\.golang\.\w+|(py|pythonhosted|crates)\w*\.(org|io)\/(simple|packages|api))\b/

const lineAt = (text, at) => text.slice(0, at).split('\n').length

// Where the bracket that is opened at `at` is closed.
function closeOf(text, at) {
  const open = text[at], close = { '{': '}', '(': ')' }[open]
  for (let i = at, depth = 0; i < text.length; i++) {
    if (text[i] === open) depth++
    else if (text[i] === close && --depth === 0) return i
  }
  return text.length
}

function openOf(text, at) {
  for (let i = at, depth = 0; i >= 0; i--) {
    if (text[i] === ')') depth++
    else if (text[i] === '(' && --depth === 0) return i
  }
  return 0
}

// Does the brace at `at` open a block? `if (…) {` does, `= {` and `(struct date){` don't.
function opensBlock(text, at) {
  const before = text.slice(0, at).trimEnd()
  if (/(\belse|\bdo|[;:{}])$/.test(before)) return true
  if (!before.endsWith(')')) return false
  const word = /(\w+)\s*$/.exec(before.slice(0, openOf(before, before.length - 1)))
  return word !== null && !/^(return|sizeof|case)$/.test(word[1])
}

// The deepest nesting of blocks in a function's body, which itself counts nothing.
function depthOf(body) {
  let depth = 0, deepest = 0
  for (let i = 1; i < body.length; i++) {
    if (body[i] === '}') depth--
    else if (body[i] === '{' && !opensBlock(body, i)) i = closeOf(body, i)
    else if (body[i] === '{') deepest = Math.max(deepest, ++depth)
  }
  return deepest
}

function parametersOf(list) {
  const inner = list.slice(1, -1).trim()
  let depth = 0, count = 1
  for (const c of inner) {
    if (c === '(' || c === '[') depth++
    if (c === ')' || c === ']') depth--
    if (c === ',' && depth === 0) count++
  }
  return inner === '' || inner === 'void' ? 0 : count
}

// Top-level braces: functions {name, line, lines, parameters, depth} and tables {line, lines, head}.
export function outline(code) {
  const functions = [], tables = []
  for (let i = 0; i < code.length; i++) {
    if (code[i] === '#') { // directives are no code; they may go on behind a backslash
      while (i < code.length && !(code[i] === '\n' && code[i - 1] !== '\\')) i++
      continue
    }
    if (code[i] !== '{') continue
    const end = closeOf(code, i), body = code.slice(i, end + 1), before = code.slice(0, i).trimEnd()
    const line = lineAt(code, i), lines = body.split('\n').length
    if (before.endsWith(')') && opensBlock(code, i)) {
      const open = openOf(before, before.length - 1)
      const name = /(\w+)\s*$/.exec(before.slice(0, open))[1]
      functions.push({ name, line: lineAt(code, open), lines, parameters: parametersOf(before.slice(open)), depth: depthOf(body) })
    } else if (before.endsWith('=')) {
      tables.push({ line, lines, head: before.slice(before.lastIndexOf('\n') + 1) })
    }
    i = end
  }
  return { functions, tables }
}

function isWaived(lines, line, rule) {
  return [lines[line - 2], lines[line - 1]].some((l) => l && new RegExp(`tidy: ${rule}: \\S`).test(l))
}

function checkFunctions(file, lines, { functions }, fault) {
  for (const f of functions) {
    if (f.lines > LIMIT.function && !isWaived(lines, f.line, 'length'))
      fault(f.line, `${f.name} has ${f.lines} lines; ${LIMIT.function} is the limit. Split it where its comment would say "and then".`)
    if (f.parameters > LIMIT.parameters && !isWaived(lines, f.line, 'parameters'))
      fault(f.line, `${f.name} has ${f.parameters} parameters; ${LIMIT.parameters} is the limit. Put what belongs together into a struct.`)
    if (f.depth > LIMIT.nesting && !isWaived(lines, f.line, 'nesting'))
      fault(f.line, `${f.name} nests ${f.depth} deep; ${LIMIT.nesting} is the limit. Return early, or make the inner loop a function.`)
  }
}

function checkLengths(file, lines, { tables }, fault) {
  const table = tables.filter((t) => !/\bendpoint_/.test(t.head)).reduce((sum, t) => sum + t.lines, 0)
  const length = lines.length - 1
  if (file.endsWith('.h') && length > LIMIT.header)
    fault(null, `the header has ${length} lines; ${LIMIT.header} is the limit. Two doors are in it.`)
  const isApi = file.startsWith('src/api/') && !file.endsWith('_test.c')
  const most = isApi ? LIMIT.api : LIMIT.file
  if (file.endsWith('.c') && length - table > most && !isWaived(lines, 2, 'length'))
    fault(null, `the file has ${length - table} lines besides its tables; ${most} is the limit. ${isApi ? 'Move the calculation into codec/.' : 'Split it by its nouns.'}`)
}

// A row of a table and a sentence in quotes may be wider: breaking them makes them harder to read.
function checkColumns(lines, code, { tables }, fault) {
  const inTable = new Set()
  for (const t of tables) for (let i = 0; i < t.lines; i++) inTable.add(t.line + i)
  const text = code.join('\n')
  for (const hit of text.matchAll(/=\s*\{/g)) { // tables inside functions
    const open = hit.index + hit[0].length - 1
    for (let line = lineAt(text, open), last = lineAt(text, closeOf(text, open)); line <= last; line++) inTable.add(line)
  }
  lines.forEach((line, i) => {
    const wide = [...line].length
    const most = inTable.has(i + 1) || code[i]?.includes('"') ? LIMIT.wide : LIMIT.columns
    if (wide > most && !inTable.has(i + 1)) fault(i + 1, `the line has ${wide} columns; ${most} is the limit.`)
  })
}

function checkC(file, text, fault) {
  const code = bare(text), lines = text.split('\n'), parts = outline(code)
  const name = path.basename(file)
  if (!text.startsWith(`/* ${name}: `)) fault(1, `the file does not begin with "/* ${name}: what it is".`)
  checkFunctions(file, lines, parts, fault)
  checkLengths(file, lines, parts, fault)
  checkColumns(lines, code.split('\n'), parts, fault)
  const isTest = file.endsWith('_test.c') // which may ask another program what is right
  for (const hit of code.matchAll(BANNED))
    if (!isTest || !/^(popen|system)$/.test(hit[1])) fault(lineAt(code, hit.index), `${hit[1]} is not used here. ${INSTEAD}`)
}

function checkText(file, text, fault) {
  const isTest = /(_test\.c|\.test\.mjs)$|^test\//.test(file)
  const isOfTidy = /^tools\/tidy/.test(file)
  text.split('\n').forEach((line, i) => {
    if (/[ \t\r]$/.test(line)) fault(i + 1, 'the line ends in a blank.')
    if (line.includes('\t') && !/(^|\/)Makefile$/.test(file)) fault(i + 1, 'the line has a tab; indent by four spaces.')
    if (isOfTidy) return
    if (/\bFIXME\b/.test(line)) fault(i + 1, 'FIXME: mend it, or leave it out.')
    if (!isTest && MACHINE.test(line)) fault(i + 1, `the line names a path of one machine (${MACHINE.exec(line)[0]}…).`)
    if (REGISTRY.test(line)) fault(i + 1, `the line names a package registry (${REGISTRY.exec(line)[0]}); its address belongs to the machine's set-up.`)
  })
  if (text.length && !text.endsWith('\n')) fault(null, 'the file does not end with a line end.')
}

// Every API of a file is in catalog.def, and the reverse.
function checkCatalog(root, files, say) {
  const list = 'src/api/catalog.def'
  if (!files.includes(list)) return
  const listed = new Set([...bare(fs.readFileSync(path.join(root, list), 'utf8')).matchAll(/^ENDPOINT\((\w+)\)/gm)].map((m) => m[1]))
  const defined = new Map()
  for (const file of files.filter((f) => /^src\/api\/.*\.c$/.test(f) && !/_test\.c$|\/catalog\.c$/.test(f))) {
    const names = [...fs.readFileSync(path.join(root, file), 'utf8').matchAll(/^const struct endpoint endpoint_(\w+)/gm)].map((m) => m[1])
    if (names.length === 0 && !files.includes(file.replace(/\.c$/, '.h')))
      say(`${file} holds no API: there is no "const struct endpoint endpoint_…" in it.`)
    for (const name of names) {
      if (defined.has(name)) say(`${file} defines endpoint_${name}, which ${defined.get(name)} has already.`)
      if (!listed.has(name)) say(`${file} is not in the catalogue: add ENDPOINT(${name}) to ${list}.`)
      defined.set(name, file)
    }
  }
  for (const name of listed)
    if (!defined.has(name)) say(`${list} names ${name}, but no file in src/api defines endpoint_${name}.`)
}

export function check(root) {
  const faults = [], files = filesOf(root)
  for (const file of files) {
    if (!TEXTUAL.test(file) || /package-lock\.json$/.test(file)) continue
    const text = fs.readFileSync(path.join(root, file), 'utf8')
    if (text.includes('\0')) continue
    const fault = (line, say) => faults.push(`${file}${line ? `:${line}` : ''}: ${say}`)
    checkText(file, text, fault)
    if (/^(src|fuzz|bench|test)\/.*\.[ch]$/.test(file)) checkC(file, text, fault)
  }
  checkCatalog(root, files, (say) => faults.push(say))
  return faults
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  tell('tidy', check(path.join(path.dirname(fileURLToPath(import.meta.url)), '..')))
