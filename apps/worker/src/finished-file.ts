/** A finished file that is not published yet: it counts for its owner, and takes no more of the disk. */
import { JobFailure } from '@video-scraper/core'
import { type ByteClaims, CLAIM_SECONDS } from '@video-scraper/store'

/** Four times within the life of a claim. */
const RENEW_EVERY_MS = (CLAIM_SECONDS * 1000) / 4

export interface FinishedFile {
  readonly jobId: string
  readonly owner: string
  readonly sizeBytes: number
}

interface Counting {
  readonly claims: ByteClaims
  /** What the owner may keep; 0 for no limit. */
  readonly ownerLimitBytes: number
  /** Hears when the claim could not be renewed; the next try comes. */
  onError(error: unknown): void
}

/**
 * Resolves with what ends the counting; the claim then stays for a minute, until the file is published. Rejects with `quota_exceeded`
 * where the file does not fit. Once it did, no other file of its owner takes its place.
 */
export async function countFinished(
  { claims, ownerLimitBytes, onError }: Counting,
  { jobId, owner, sizeBytes }: FinishedFile,
): Promise<() => void> {
  if (ownerLimitBytes === 0) return () => undefined
  const claim = { subject: { owner }, jobId, bytes: sizeBytes }
  const { granted } = await claims.claim({ ...claim, totalBytes: ownerLimitBytes })
  if (!granted) throw new JobFailure('quota_exceeded')
  const timer = setInterval(() => void claims.claim({ ...claim, totalBytes: null }).catch(onError), RENEW_EVERY_MS)
  return () => clearInterval(timer)
}
