/** Lets nginx send the files: the gateway says who may have which, nginx reads it from the same disk. */
import { type DeliveredFile, type Disposition, deliver } from '@video-scraper/library'

/** What nginx decides by itself, from the file that it sends. */
const LEFT_TO_NGINX: ReadonlySet<string> = new Set(['ETag', 'Last-Modified', 'Accept-Ranges', 'Content-Length'])

/**
 * The headers of an answer without a body. `location` is the `internal` location of nginx, with a slash at its end.
 * Conditions and ranges are nginx's as well: it checks them by validators of its own, which the gateway cannot know.
 */
export function acceleratedHeaders(
  location: string,
  file: DeliveredFile,
  disposition: Disposition,
): Record<string, string> {
  const { headers } = deliver({ method: 'GET', headers: {}, disposition }, file)
  const kept = Object.entries(headers).filter(([name]) => !LEFT_TO_NGINX.has(name))
  return { ...Object.fromEntries(kept), 'X-Accel-Redirect': `${location}${encodeURIComponent(file.filename)}` }
}
