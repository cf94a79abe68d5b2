/** What the list of jobs may be narrowed down to, and how a query says it. */
import {
  type JobKind,
  type JobStatusWord,
  jobConditions,
  METADATA_PAIR,
  METADATA_VALUE_LENGTH_MAX,
  type Metadata,
} from '@video-scraper/contracts'
import { JOBS_SEARCHED_MAX, type JobSearch } from '@video-scraper/queue'
import { statusWordOf } from '@video-scraper/views'
import { type Static, Type } from 'typebox'
import { epochMs } from '../http/instant-of.ts'
import { ref } from '../openapi/schema-reference.ts'

export const JobSearchQuery = {
  ...jobConditions,
  kind: Type.Optional(ref<JobKind>('JobKind')),
  status: Type.Optional(ref<JobStatusWord>('JobStatusWord')),
  metadata: Type.Optional(
    Type.String({
      pattern: METADATA_PAIR,
      maxLength: 41 + METADATA_VALUE_LENGTH_MAX,
      description: `Only jobs with this entry in their metadata: its name, a colon, and its whole value, such as \`order:4711\`. With \`status\`, \`parent_id\` or \`metadata\` a page looks through ${JOBS_SEARCHED_MAX} jobs at most, so it may be short or empty although \`next_cursor\` goes on.`,
      examples: ['order:4711'],
    }),
  ),
}

type Query = Static<ReturnType<typeof Type.Object<typeof JobSearchQuery>>>

export interface JobSearchQuery extends Omit<Query, 'metadata'> {
  /** All of these entries. */
  metadata?: Metadata
}

/** Throws `invalid_request` for an instant that no calendar has. */
export function jobSearch({
  status,
  kind,
  parent_id: parentId,
  created_after,
  created_before,
  metadata = {},
}: JobSearchQuery): JobSearch {
  const wanted = Object.entries(metadata)
  const conditions: NonNullable<JobSearch['matches']>[] = []
  if (status !== undefined) conditions.push((job) => statusWordOf(job) === status)
  if (parentId !== undefined) conditions.push(({ envelope: { parent } }) => parent?.id === parentId)
  if (wanted.length > 0) {
    conditions.push(({ envelope: { metadata: own = {} } }) => wanted.every(([name, value]) => own[name] === value))
  }
  const after = epochMs('created_after', created_after)
  const before = epochMs('created_before', created_before)
  return {
    ...(kind !== undefined && { kind }),
    ...((after !== undefined || before !== undefined) && { created: { after, before } }),
    ...(conditions.length > 0 && { matches: (job) => conditions.every((holds) => holds(job)) }),
  }
}

/** The one entry that a query names. Its name holds no colon, its value may. */
export function metadataPair(text: string | undefined): Metadata {
  if (text === undefined) return {}
  const colon = text.indexOf(':')
  return { [text.slice(0, colon)]: text.slice(colon + 1) }
}
