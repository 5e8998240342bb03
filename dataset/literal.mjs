// literal.mjs: what a text must hold for a regular expression to have a chance: the longest run of plain characters, in
// small letters; empty where there is none that is certain. So a thousand expressions are not tried one by one.
export function literalOf(regex) {
  let best = '', run = ''
  const end = () => {
    if (run.length > best.length) best = run
    run = ''
  }
  for (let i = 0; i < regex.length; i++) {
    const c = regex[i]
    if (c === '|') return '' // another branch may do without
    if (c === '(' || c === '[') {
      end()
      i = c === '(' ? groupEnd(regex, i) : classEnd(regex, i)
      continue
    }
    const escaped = c === '\\'
    const char = escaped ? regex[++i] : c
    const plain = escaped ? !/[a-z0-9]/i.test(char) : !/[.^$*+?{}]/.test(char)
    if (!escaped && c === '{') i = regex.indexOf('}', i)
    const next = regex[i + 1]
    if (plain && (next === '?' || next === '*' || next === '{')) end() // it may be missing
    else if (plain) {
      run += char
      if (next === '+') end()
    } else end()
  }
  end()
  return best.toLowerCase()
}

function classEnd(regex, at) {
  let i = at + 1
  if (regex[i] === '^') i++
  if (regex[i] === ']') i++
  for (; regex[i] !== ']'; i++) if (regex[i] === '\\') i++
  return i
}

function groupEnd(regex, at) {
  for (let i = at, depth = 0; i < regex.length; i++) {
    if (regex[i] === '\\') i++
    else if (regex[i] === '[') i = classEnd(regex, i)
    else if (regex[i] === '(') depth++
    else if (regex[i] === ')' && --depth === 0) return i
  }
  throw new Error(`a bracket is open in ${regex}`)
}
