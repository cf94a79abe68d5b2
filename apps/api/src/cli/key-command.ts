/** The words of the command line: which commands there are, what each takes, and what it is as a request. */
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { CreateKeyBody, UpdateKeyBody } from '@video-scraper/contracts'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { GRACE_SECONDS_DEFAULT, GRACE_SECONDS_MAX } from '../auth/key-ring.ts'
import { invalidRequest } from '../http/errors.ts'
import { problemsOf } from '../http/validation-problems.ts'
import { bytesIn, countIn, expiryIn, secondsIn, UsageError } from './quantities.ts'

export const USAGE = `API keys of the Video Scraper.

  create  --name NAME --scope read [--scope write] [--scope admin] [--expires 30d] [--address 10.0.0.0/8]
          [--rate 120] [--downloads 5] [--storage 10GiB]
  list
  show    ID
  update  ID and any option of create; what is not named stays
  rotate  ID [--grace 24h]     a new secret; the one before is accepted for so long
  revoke  ID                   for ever

  --scope      read looks, write makes, cancels and deletes, admin manages keys; none implies another
  --expires    30d, 12h, a day, a time (RFC 3339), or never
  --address    an address or a CIDR from which alone the key may be used; several times, or any
  --rate       jobs a minute; --downloads: unfinished ones; --storage: bytes of all files together.
               0: no limit; default: that of the service
  --json       answers for programs
`

/** What is to be done, as the key ring takes it. */
export type KeyCommand = { json: boolean } & (
  | { name: 'help' }
  | { name: 'list' }
  | { name: 'create'; body: CreateKeyBody }
  | { name: 'update'; id: string; change: UpdateKeyBody }
  | { name: 'rotate'; id: string; graceMs: number }
  | { name: 'show'; id: string }
  | { name: 'revoke'; id: string }
)

const attributes = {
  name: { type: 'string' },
  scope: { type: 'string', multiple: true },
  expires: { type: 'string' },
  address: { type: 'string', multiple: true },
  rate: { type: 'string' },
  downloads: { type: 'string' },
  storage: { type: 'string' },
} as const

type Attributes = ReturnType<typeof parseArgs<{ options: typeof attributes }>>['values']

const common = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const

const optionsOf = {
  help: {},
  list: {},
  show: {},
  create: attributes,
  update: attributes,
  rotate: { grace: { type: 'string' } },
  revoke: {},
} as const satisfies Record<KeyCommand['name'], ParseArgsConfig['options']>

const withId: ReadonlySet<string> = new Set(['show', 'update', 'rotate', 'revoke'])

/** Throws a `UsageError` or a `RequestError`; both have messages for people. */
export function readCommand(argv: string[], now: number): KeyCommand {
  const [name = 'help', ...rest] = argv
  if (name === '--help' || name === '-h') return { name: 'help', json: false }
  if (!Object.hasOwn(optionsOf, name)) throw new UsageError(`There is no command ${name}.\n\n${USAGE}`)
  const command = name as KeyCommand['name']
  const { values, positionals } = parsed(rest, { ...common, ...optionsOf[command] })
  const json = values.json === true
  if (values.help === true) return { name: 'help', json }
  const id = onlyId(command, positionals)
  switch (command) {
    case 'help':
    case 'list':
      return { name: command, json }
    case 'create':
      return { name: command, json, body: checked(CreateKeyBody, bodyOf(values, now)) }
    case 'update':
      return { name: command, json, id, change: checked(UpdateKeyBody, bodyOf(values, now)) }
    case 'rotate':
      return { name: command, json, id, graceMs: graceIn(values.grace) }
    default:
      return { name: command, json, id }
  }
}

function parsed(args: string[], options: NonNullable<ParseArgsConfig['options']>) {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    return { values: values as Attributes & { json?: boolean; help?: boolean; grace?: string }, positionals }
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${USAGE}`)
  }
}

function onlyId(command: string, positionals: string[]): string {
  const expected = withId.has(command) ? 1 : 0
  const [id = ''] = positionals
  if (positionals.length === expected) return id
  throw new UsageError(expected === 1 ? `${command} takes the id of one key.` : `${command} takes no ${id}.`)
}

/** The body that a client of the API would send. */
function bodyOf({ name, scope, expires, address, rate, downloads, storage }: Attributes, now: number): object {
  const limits = {
    ...(rate === undefined ? {} : { requests_per_minute: countIn(rate, '--rate') }),
    ...(downloads === undefined ? {} : { unfinished_downloads: countIn(downloads, '--downloads') }),
    ...(storage === undefined ? {} : { storage_bytes: bytesIn(storage, '--storage') }),
  }
  return {
    ...(name === undefined ? {} : { name }),
    ...(scope === undefined ? {} : { scopes: listOf(scope) }),
    ...(expires === undefined ? {} : { expires_at: expiryIn(expires, now) }),
    ...(address === undefined ? {} : { allowed_addresses: listOf(address).filter((one) => one !== 'any') }),
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
  }
}

/** Given several times, or once with commas. */
const listOf = (values: string[]): string[] => [...new Set(values.flatMap((value) => value.split(',')))]

function graceIn(text: string | undefined): number {
  const seconds = text === undefined ? GRACE_SECONDS_DEFAULT : secondsIn(text, '--grace')
  if (seconds > GRACE_SECONDS_MAX) throw new UsageError(`--grace ${text}: at most 30d.`)
  return seconds * 1000
}

function checked<Schema extends TSchema>(schema: Schema, body: object): Static<Schema> {
  if (Value.Check(schema, body)) return body
  throw invalidRequest(problemsOf(Value.Errors(schema, body)))
}
