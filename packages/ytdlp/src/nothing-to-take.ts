/** Names why a video that was found has no format which a download would accept. */
import { JobFailure } from '@video-scraper/core'
import type { Fields } from './event-fields.ts'
import { isDownloadable } from './video-info.ts'

/**
 * Null where there is a format. Otherwise what kept it away: protection, a target that the egress proxy refused
 * (`blocked`), or protocols that no downloader here speaks.
 */
export function nothingToTake(video: Fields, blocked: boolean): JobFailure | null {
  // The entries of a list were asked for, and there may be none.
  if ('entries' in video) return null
  const formats = Array.isArray(video.formats) ? (video.formats as Fields[]) : []
  if (formats.some(isDownloadable)) return null
  const protocols = [...new Set(formats.map(({ protocol }) => protocol))]
  const cause = new Error(`No format can be downloaded. Their protocols: ${protocols.join(', ') || 'none'}.`)
  if (formats.some(({ has_drm }) => has_drm === true)) return new JobFailure('drm_protected', { cause })
  return new JobFailure(blocked ? 'blocked_target' : 'unsupported_url', { cause })
}
