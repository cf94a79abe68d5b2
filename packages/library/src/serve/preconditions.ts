/** Checks the conditions of a request against a file, in the order of RFC 9110 section 13.2.2. */
import { readHttpDate } from './http-date.ts'

/** The headers of a request that say under which conditions, and which part of, a file is wanted. */
export interface ConditionalHeaders {
  range?: string | undefined
  'if-range'?: string | undefined
  'if-match'?: string | undefined
  'if-none-match'?: string | undefined
  'if-modified-since'?: string | undefined
  'if-unmodified-since'?: string | undefined
}

/** What the file is compared by. */
export interface Validators {
  /** A strong entity tag, with its quotes. */
  etag: string
  /** Epoch seconds, whole. */
  modified: number
}

/** `proceed`: no condition forbids the answer. */
export type PreconditionResult = 'proceed' | 'not modified' | 'failed'

/** For GET and HEAD. A date that is none is ignored, as is a date beside a condition that names entity tags. */
export function evaluatePreconditions(headers: ConditionalHeaders, { etag, modified }: Validators): PreconditionResult {
  const ifMatch = headers['if-match']
  const ifNoneMatch = headers['if-none-match']
  const unmodifiedSince = readHttpDate(headers['if-unmodified-since'] ?? '')
  const modifiedSince = readHttpDate(headers['if-modified-since'] ?? '')

  if (ifMatch !== undefined) {
    if (!listsEntityTag(ifMatch, etag, 'strong')) return 'failed'
  } else if (unmodifiedSince !== null && modified > unmodifiedSince) return 'failed'

  if (ifNoneMatch !== undefined) return listsEntityTag(ifNoneMatch, etag, 'weak') ? 'not modified' : 'proceed'
  return modifiedSince !== null && modified <= modifiedSince ? 'not modified' : 'proceed'
}

/**
 * Whether a part may be sent, or the client holds the beginning of another file. A date counts as a strong validator
 * here (section 8.8.2.2): a published file never changes, so it did not change twice within that second. It must be
 * the same date, not merely a later one; a weak tag never matches.
 */
export function rangeApplies(ifRange: string | undefined, { etag, modified }: Validators): boolean {
  if (ifRange === undefined) return true
  const text = ifRange.trim()
  return text === etag || readHttpDate(text) === modified
}

const ENTITY_TAG = /(W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g

/** Whether a list of entity tags, or `*`, covers this one. By strong comparison a weak tag covers nothing. */
export function listsEntityTag(header: string, etag: string, comparison: 'strong' | 'weak'): boolean {
  if (header.trim() === '*') return true
  return [...header.matchAll(ENTITY_TAG)].some(
    ([, weak, tag]) => tag === etag && (comparison === 'weak' || weak === undefined),
  )
}
