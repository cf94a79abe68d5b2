/** What identifies a result, as one name: whoever asks for the same again is led to the same. */
import { hash } from 'node:crypto'
import { type JobEnvelope, optionsText } from '@video-scraper/contracts'

/** Everything that says what a job brings back. */
export type JobRequest = Pick<JobEnvelope, 'kind' | 'owner' | 'url' | 'options'>

const digest = (parts: readonly (string | null)[]): string => hash('sha256', JSON.stringify(parts))

/**
 * What was asked for, in its canonical spelling. Caches, the reuse of files and the place in the queue all use it, since
 * the gateway looks for what the worker wrote. The owner is always part of it, so nobody is ever led to somebody else's file.
 */
export const requestDigest = ({ kind, owner, url, options }: JobRequest): string =>
  digest([owner, kind, url, optionsText(kind, options, ['extraction', 'selection', 'file'])])

/** What it turned out to be: the formats are known then, and only what is made of them may differ. */
export const foundDigest = ({ kind, owner, options }: JobRequest, identity: string): string => {
  const made = optionsText(kind, options, ['file'])
  return digest([owner, 'found', identity, ...(made === '' ? [] : [made])])
}

/** What the source is asked. No owner is part of it: see `extraction-store.ts`. */
export const sourceDigest = ({ kind, url, options }: Omit<JobRequest, 'owner'>): string => {
  const asked = optionsText(kind, options, ['extraction'])
  return hash('sha256', asked === '' ? url : JSON.stringify([url, asked]))
}
