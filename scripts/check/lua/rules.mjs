/** What must hold of the Lua files of one folder. */
import { headerOf } from './header.mjs'
import { namesIn } from './names.mjs'

/**
 * `files` maps the name of each file, without `.lua`, to its text; `sources` are the texts of the package that uses them.
 * Returns a sentence for each rule that a file breaks.
 */
export function brokenRules(files, sources) {
  const problems = []
  const headers = readHeaders(files, problems)
  const used = new Set()
  for (const [name, header] of headers) {
    const complain = (problem) => problems.push(`${name}: ${problem}`)
    for (const section of header.missing) complain(`the header lacks: ${section}`)
    const missing = header.includes.filter((include) => !headers.get(include)?.isInclude)
    if (missing.length > 0) complain(`there is nothing to include that is called ${missing.join(', ')}`)
    else checkNames({ text: files.get(name), header, known: providedTo(header, headers), used, complain })
    const isRun = header.isInclude || sources.some((source) => source.includes(`script('${name}')`))
    if (!isRun) complain('nothing runs it')
  }
  for (const [name, { provides }] of headers) {
    for (const each of provides) if (!used.has(each)) problems.push(`${name}: nothing uses ${each}`)
  }
  return problems
}

function readHeaders(files, problems) {
  const headers = new Map()
  for (const [name, text] of files) {
    try {
      headers.set(name, headerOf(text))
    } catch (cause) {
      problems.push(`${name}: ${cause.message}`)
    }
  }
  return headers
}

/** The names that a file gets from what it includes, and from which file. */
const providedTo = (header, headers) =>
  new Map(
    allIncludes(header, headers).flatMap((include) => headers.get(include).provides.map((name) => [name, include])),
  )

function allIncludes(header, headers) {
  const included = new Set()
  const add = (names) => {
    for (const name of names) {
      if (included.has(name)) continue
      included.add(name)
      add(headers.get(name)?.includes ?? [])
    }
  }
  add(header.includes)
  return [...included]
}

function checkNames({ text, header, known, used, complain }) {
  let names
  try {
    names = namesIn(text, [...known.keys()])
  } catch (cause) {
    complain(`it is not Lua: ${cause.message}`)
    return
  }
  for (const { name, line } of names.undeclared) complain(`line ${line}: ${name} is not declared`)
  for (const { name, line } of names.unused) complain(`line ${line}: ${name} is not used`)
  for (const [name, { line, uses }] of names.outer) {
    if (uses === 0 && !header.provides.includes(name)) complain(`line ${line}: ${name} is not used`)
    if (known.has(name)) complain(`line ${line}: ${name} hides what ${known.get(name)} provides`)
  }
  for (const name of header.provides) if (!names.outer.has(name)) complain(`it does not provide ${name}`)
  for (const name of names.taken) used.add(name)
  const idle = header.includes.filter((include) => ![...names.taken].some((name) => known.get(name) === include))
  // What comes with another include need not be named.
  for (const include of idle) complain(`it uses nothing of ${include}`)
  compare('KEYS', header.keys, names.keys, complain)
  compare('ARGV', header.args, names.args, complain)
}

/** What the header lists must be read, and what is read must be listed. */
function compare(list, listed, read, complain) {
  for (const index of listed) if (!read.has(index)) complain(`${list}[${index}] is listed in the header and not read`)
  for (const index of read)
    if (!listed.includes(index)) complain(`${list}[${index}] is read and not listed in the header`)
}
