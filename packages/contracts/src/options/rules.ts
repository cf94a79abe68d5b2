/** Which options make no sense together, by what their rows say. */
import { type JobKind, type JobOptions, optionsOfKind } from '../kinds/table.ts'
import type { OptionTable } from './option.ts'

export interface OptionProblem {
  /** The name of the option. */
  readonly option: string
  /** Behind its name: what must be different. */
  readonly message: string
}

/** Empty where they make sense together. The options are in their canonical form. */
export function problemsOfOptions(
  kind: JobKind,
  options: JobOptions,
  table: OptionTable = optionsOfKind[kind],
): OptionProblem[] {
  const given: Readonly<Record<string, unknown>> = options
  const asked = Object.keys(given)
  return asked.flatMap((option) => {
    const { excludes = [], excludesValues = {}, needs = [] } = table[option] ?? {}
    const senseless = Object.entries(excludesValues).filter(([other, values]) => values.includes(given[other]))
    const clashing = excludes.filter((other) => asked.includes(other))
    const lacking = needs.length > 0 && !needs.some((other) => asked.includes(other))
    return [
      ...clashing.map((other) => ({ option, message: `must not stand beside ${other}` })),
      ...senseless.map(([other]) => ({ option, message: `must not stand beside ${other} ${String(given[other])}` })),
      ...(lacking ? [{ option, message: `makes sense only beside ${needs.join(', or ')}` }] : []),
    ]
  })
}
