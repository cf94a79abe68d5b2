/** Reads the operator's extractor arguments: JSON in, yt-dlp's own spelling out, or everything that is wrong with it. */
import { knownArguments } from './known-arguments.ts'

/** Of one argument. YouTube has some twenty clients. */
const VALUES_MAX = 30
const NAME_LENGTH_SHOWN = 60

/** Cannot be used. The message names every problem, for the operator. */
export class UnusableArguments extends Error {
  override readonly name = 'UnusableArguments'
}

/**
 * `text`: `{"youtube": {"player_client": ["tv", "web"], "player_skip": "webpage"}}`; a value is a text or a list of texts. Returns
 * words for yt-dlp's command line, one for each extractor, in the order of their names; none for `{}`. Throws
 * `UnusableArguments` where the text is no such object, or one part of it is not in `knownArguments`.
 */
export function extractorArgumentsOf(text: string): readonly string[] {
  const given = objectOf(parsed(text))
  if (given === null) throw new UnusableArguments('it must be an object of extractors')
  const read = Object.entries(given).map(([extractor, part]) => ({ extractor, ...argumentsOfOne(extractor, part) }))
  const problems = read.flatMap((each) => each.problems)
  if (problems.length > 0) throw new UnusableArguments(problems.join('; '))
  return read
    .filter(({ words }) => words.length > 0)
    .map(({ extractor, words }) => `--extractor-args=${extractor}:${words.join(';')}`)
    .sort()
}

function argumentsOfOne(extractor: string, part: unknown): { words: string[]; problems: string[] } {
  const known = ownEntry(knownArguments, extractor)
  if (known === undefined)
    return refused(`"${shown(extractor)}" is not one of ${Object.keys(knownArguments).join(', ')}`)
  const given = objectOf(part)
  if (given === null) return refused(`"${extractor}" must be an object of arguments`)
  const problems: string[] = []
  const words: string[] = []
  for (const [key, value] of Object.entries(given)) {
    const form = ownEntry(known, key)
    const values = Array.isArray(value) ? value : [value]
    const name = `"${extractor}.${shown(key)}"`
    if (form === undefined) problems.push(`${name} is not one of ${Object.keys(known).join(', ')}`)
    else if (values.length === 0 || values.length > VALUES_MAX)
      problems.push(`${name} must have 1 to ${VALUES_MAX} values`)
    else if (!values.every((each) => typeof each === 'string' && form.test(each)))
      problems.push(`${name} has a value that is not of the form ${form.source}`)
    else words.push(`${key}=${values.join(',')}`)
  }
  return { words: words.sort(), problems }
}

const refused = (problem: string) => ({ words: [], problems: [problem] })

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UnusableArguments('it is not JSON')
  }
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null

/** Names such as `constructor` are nobody's. */
const ownEntry = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

const shown = (name: string): string => name.slice(0, NAME_LENGTH_SHOWN)
