/** How the gateway's addresses look from outside. */
import { type JobKind, kinds, statusForms } from '@video-scraper/contracts'

export interface PublicPaths {
  /** `PUBLIC_URL`, or empty: then addresses are relative. */
  origin: string
  /** A path as it is served: `BASE_PATH` in front. */
  at(path: string): string
  /** The status of a job. */
  status(kind: JobKind, id: string): string
  file(filename: string): string
  /** The entries of a playlist. */
  entries(playlistId: string): string
  /** All files of a download in one archive. */
  archive(downloadId: string): string
  /** A transcript, by the id of its job. */
  transcript(id: string): string
  webhook(id: string): string
  key(id: string): string
  cookieSet(name: string): string
  /** For `Location`: absolute when `PUBLIC_URL` is known. */
  absolute(path: string): string
}

export function publicPaths(basePath: string, origin: string): PublicPaths {
  const at = (path: string) => `${basePath}${path}`
  return {
    origin,
    at,
    status: (kind, id) => at(`/api/video-scraper/${statusForms[kinds[kind].form].segment}/${id}`),
    cookieSet: (name) => at(`/api/video-scraper/cookies/${name}`),
    key: (id) => at(`/api/video-scraper/keys/${id}`),
    file: (filename) => at(`/api/video-scraper/download/${filename}`),
    entries: (id) => at(`/api/video-scraper/job/${id}/entries`),
    archive: (id) => at(`/api/video-scraper/status/${id}/files.zip`),
    transcript: (id) => at(`/api/video-scraper/job/${id}/transcript`),
    webhook: (id) => at(`/api/video-scraper/webhooks/${id}`),
    absolute: (path) => `${origin}${path}`,
  }
}
