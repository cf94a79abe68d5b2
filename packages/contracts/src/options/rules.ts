/** Which options make no sense, alone or together, by what their rows say. */
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
    const { excludes = [], excludesValues = {}, valueExcludes = {}, needs = [], forOneFile } = table[option] ?? {}
    const wrong = table[option]?.problem?.(given[option]) ?? null
    const senseless = Object.entries(excludesValues).filter(([other, values]) => values.includes(given[other]))
    const unattainable = Object.entries(valueExcludes[String(given[option])] ?? {}).filter(([other, values]) =>
      values.includes(given[other]),
    )
    const clashing = excludes.filter((other) => asked.includes(other))
    const further = forOneFile ? asked.filter((other) => table[other]?.makesFiles?.(given[other])) : []
    const lacking = needs.length > 0 && !needs.some((other) => asked.includes(other))
    return [
      ...(wrong === null ? [] : [{ option, message: wrong }]),
      ...clashing.map((other) => ({ option, message: `must not stand beside ${other}` })),
      ...senseless.map(([other]) => ({ option, message: `must not stand beside ${other} ${String(given[other])}` })),
      ...unattainable.map(([other]) => ({
        option,
        message: `${String(given[option])} cannot be had together with ${other} ${String(given[other])}`,
      })),
      ...further.map((other) => ({
        option,
        message: `must not stand beside ${other}, which makes further files: one address takes one file`,
      })),
      ...(lacking ? [{ option, message: `makes sense only beside ${needs.join(', or ')}` }] : []),
    ]
  })
}
