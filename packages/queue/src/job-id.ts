/** What the ids of jobs look like. The kind can be read off the id, so one id is enough to find a job. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { forEachKind, type JobKind, jobKinds, kinds } from '@video-scraper/contracts'

interface Form {
  pattern: RegExp
  make: () => string
  /** From 32 hexadecimal digits. */
  from: (digits: string) => string
}

const uuids: Form = {
  pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  make: () => randomUUID(),
  from: (digits) => digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5'),
}

const beginningWith = (prefix: string): Form => ({
  pattern: new RegExp(`^${prefix}[0-9a-f]{32}$`),
  make: () => `${prefix}${randomBytes(16).toString('hex')}`,
  from: (digits) => `${prefix}${digits}`,
})

const forms = forEachKind((kind) => {
  const { ids } = kinds[kind]
  return ids === 'uuid' ? uuids : beginningWith(ids)
})

/** Random, so that nobody can guess somebody else's. */
export const newJobId = (kind: JobKind): string => forms[kind].make()

/**
 * The id that belongs to a random text and a place: the same one every time, so that a job request which is repeated after a
 * crash finds the job that the first one may have made.
 */
export const seededJobId = (kind: JobKind, seed: string, place: number): string =>
  forms[kind].from(createHash('sha256').update(`${seed} ${kind} ${place}`).digest('hex').slice(0, 32))

/** The kind an id stands for, or null when the text is no id of ours. */
export const kindOf = (id: string): JobKind | null => jobKinds.find((kind) => forms[kind].pattern.test(id)) ?? null
