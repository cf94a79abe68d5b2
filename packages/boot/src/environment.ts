/** Reads the settings of a process from its environment, once, and names every problem at once. */
import { type Static, type TObject, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'

/** A set of environment variables that cannot be used. The message names each variable and what it should be. */
export class InvalidEnvironment extends Error {
  override readonly name = 'InvalidEnvironment'
}

/**
 * Validates `variables` against `schema`, applies its defaults, and leaves out what the schema does not name. An empty
 * variable counts as absent, since that is how compose files and `.env` files spell "not set".
 */
export function readEnvironment<T extends TObject>(schema: T, variables: NodeJS.ProcessEnv): Readonly<Static<T>> {
  const given: Record<string, unknown> = {}
  for (const name of Object.keys(schema.properties)) {
    const text = variables[name]
    if (text !== undefined && text !== '') given[name] = read(schema.properties[name], text)
  }
  const settings = Value.Default(schema, given)
  const problems = Value.Errors(schema, settings).map(
    ({ instancePath, message, params }) => `${nameOf(instancePath, params)} ${message}`,
  )
  if (problems.length > 0) {
    throw new InvalidEnvironment(`These settings cannot be used: ${[...new Set(problems)].join('; ')}.`)
  }
  return settings as Static<T>
}

/**
 * Reads a number or a flag; anything else stays the text it is, and validation names it. TypeBox's own conversion would
 * take `true` for 1, `8080 ` for 8080 and `0x50` for 80.
 */
function read(schema: TSchema | undefined, text: string): unknown {
  const type = schema !== undefined && 'type' in schema ? schema.type : 'string'
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return (type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}

function nameOf(instancePath: string, params: object): string {
  if (instancePath !== '') return instancePath.slice(1)
  return 'requiredProperties' in params ? String(params.requiredProperties) : 'The environment'
}

/** `true` or `false`, as a variable spells it. */
export const Flag = (description: string, initial: boolean) => Type.Boolean({ description, default: initial })

/** A count or a duration; `0` turns the limit off where the description says so. */
export const Count = (description: string, initial: number, { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = {}) =>
  Type.Integer({ description, default: initial, minimum, maximum })

/** Free text; empty when not set. */
export const Text = (description: string, initial = '') => Type.String({ description, default: initial })
