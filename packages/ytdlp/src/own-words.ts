/** What a sentence of yt-dlp says by itself, without the names that a source put into it. */

/** What yt-dlp puts in front: its level, the extractor, and most often the video's id. */
const PREFIX = /^\s*(?:(?:ERROR|WARNING): ?)?(?:\[[^\]\n]{1,100}\] ?)?(?:[^\s:]{1,200}: )?/
/** The reason behind a status is the source's own text. What follows in brackets is yt-dlp's. */
const REASON = /(HTTP Error \d{3}): .*?(?=\(caused by|$)/gis
const CAUSE = /\(caused by .*$/is
/** The shortest name that is looked for: one letter would be part of every other word. */
const NAME_LENGTH_MIN = 2
const NAMES_MAX = 50

/** For checking a message, and for the log: an address may hold words, or somebody's token. */
export const withoutAddresses = (message: string): string => message.replaceAll(/https?:\/\/\S+/gi, '')

/**
 * The sentence without addresses, extractor, id, reason phrases and names, each of which could spell any of our patterns.
 * `names`: ids, and what `namesIn` finds in an address.
 */
export function ownWords(message: string, names: readonly string[] = []): string {
  const sentence = withoutNames(withoutAddresses(message), names)
  return sentence.replace(PREFIX, '').replaceAll(REASON, '$1 ').replace(CAUSE, '')
}

/**
 * The parts of an address that extractors use as a name: segments of its path and values of its query, also decoded and
 * without an extension. A single plain word is left out, since it may as well be one of a sentence: only an id may be one.
 */
export function namesIn(address: string): string[] {
  if (!URL.canParse(address)) return []
  const { pathname, searchParams } = new URL(address)
  const parts = [...pathname.split('/'), ...searchParams.values()].flatMap((part) => [part, decoded(part)])
  return [...new Set(parts.flatMap((part) => [part, part.replace(/\.[^.]*$/, '')]))].filter(
    (part) => !/^[a-z]*$/i.test(part),
  )
}

function withoutNames(sentence: string, names: readonly string[]): string {
  let rest = sentence
  const longestFirst = names.toSorted((one, other) => other.length - one.length).slice(0, NAMES_MAX)
  for (const name of longestFirst) {
    if (name.length >= NAME_LENGTH_MIN) rest = rest.replaceAll(wholeName(name), '')
  }
  return rest
}

/** The name as it is spelled, where it does not go on in letters or digits: `id` is not part of `video`. */
const wholeName = (name: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}_])${name.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')}(?![\\p{L}\\p{N}_])`, 'gu')

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
