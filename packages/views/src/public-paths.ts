/** How the gateway's addresses look from outside. */
import { API_PREFIX, type JobKind, kinds, statusForms } from '@video-scraper/contracts'

export interface PublicPaths {
  /** `PUBLIC_URL`, or empty: then addresses are relative. */
  origin: string
  /** A path as it is served: `BASE_PATH` in front. */
  at(path: string): string
  /** A path of the API, given without the prefix that all of them have. */
  api(path: string): string
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
  const api = (path: string) => at(`${API_PREFIX}${path}`)
  return {
    origin,
    at,
    api,
    status: (kind, id) => api(`/${statusForms[kinds[kind].form].segment}/${id}`),
    cookieSet: (name) => api(`/cookies/${name}`),
    key: (id) => api(`/keys/${id}`),
    file: (filename) => api(`/download/${filename}`),
    entries: (id) => api(`/job/${id}/entries`),
    archive: (id) => api(`/status/${id}/files.zip`),
    transcript: (id) => api(`/job/${id}/transcript`),
    webhook: (id) => api(`/webhooks/${id}`),
    absolute: (path) => `${origin}${path}`,
  }
}
