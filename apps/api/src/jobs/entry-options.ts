/** The options of a playlist that are those of each of its entries: checked as a request for one entry would be. */
import {
  canonicalOptions,
  entryKindOf,
  type JobKind,
  type JobOptions,
  type OptionProblem,
  optionsOfKind,
  problemsOfOptions,
} from '@video-scraper/contracts'
import { isFormatId } from '@video-scraper/core'

/** The same, with the options of entries in their canonical form. The fields were validated before. */
export function withCanonicalEntries(options: JobOptions): JobOptions {
  const { options: given, ...others } = options
  if (given === undefined) return options
  const canonical = canonicalOptions(entryKindOf(options), given)
  const unknown = Object.entries(given).filter(([name]) => !(name in optionsOfKind[entryKindOf(options)]))
  const asked = { ...canonical, ...Object.fromEntries(unknown) }
  return Object.keys(asked).length === 0 ? others : { ...others, options: asked }
}

/** Empty where they make sense. The names are those of the request: `options/quality`. */
export function problemsOfEntries(options: JobOptions): OptionProblem[] {
  const { options: given = {} } = options
  const kind: JobKind = entryKindOf(options)
  const known = optionsOfKind[kind]
  const foreign = Object.keys(given).filter((name) => !(name in known))
  const problems = problemsOfOptions(kind, canonicalOptions(kind, given))
  const { format_id: formatId } = given
  return [
    ...foreign.map((name) => ({
      option: `options/${name}`,
      message: `is no option of ${kind}, which is made of each entry`,
    })),
    ...problems.map(({ option, message }) => ({ option: `options/${option}`, message })),
    ...(formatId != null && !isFormatId(formatId)
      ? [{ option: 'options/format_id', message: 'must be one or two format ids of the video' }]
      : []),
  ]
}

/** The service may allow fewer entries than the schema does. */
export const problemsOfItems = ({ max_items: asked = 0 }: JobOptions, itemsMax: number): OptionProblem[] =>
  asked > itemsMax
    ? [{ option: 'max_items', message: `must be at most ${itemsMax}, which is what this service allows` }]
    : []
