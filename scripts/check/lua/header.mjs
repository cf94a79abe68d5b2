/** The comment at the top of each Lua file: what it is for, its keys, its arguments, its answer and what it guarantees. */

const HEADER = /^--\[\[\n([\s\S]*?)\n\]\]\n/
const SECTION = /^(Keys|Arguments|Answer|Guarantee|Provides|Includes):/m
/** A file with functions for others, and a file that Redis runs. */
const needed = {
  include: ['Provides'],
  script: ['Keys', 'Arguments', 'Answer', 'Guarantee'],
}

/**
 * Throws for a text without a header. `keys` and `args` are the numbers that are listed; `*` stands for any number of them
 * from there on. `missing` are the sections that are not there.
 */
export function headerOf(text) {
  const comment = HEADER.exec(text)?.[1]
  if (comment === undefined) throw new Error('it does not begin with a header, --[[ … ]]')
  const [purpose, ...parts] = comment.split(SECTION)
  const sections = {}
  for (let at = 0; at < parts.length; at += 2) sections[parts[at]] = parts[at + 1].trim()
  const isInclude = sections.Provides !== undefined
  return {
    isInclude,
    keys: numbersIn(sections.Keys),
    args: numbersIn(sections.Arguments),
    provides: namesIn(sections.Provides),
    includes: namesIn(sections.Includes),
    missing: [
      ...(purpose.trim() === '' ? ['a sentence that says what it is for'] : []),
      ...needed[isInclude ? 'include' : 'script'].filter((name) => !sections[name]),
    ],
  }
}

const namesIn = (section = '') => section.split(/,\s*/).filter((name) => name !== '')

const numbersIn = (section = '') =>
  section
    .split('\n')
    .flatMap((line) => /^\s*(\d+|\*) /.exec(line)?.[1] ?? [])
    .map((number) => (number === '*' ? '*' : Number(number)))
