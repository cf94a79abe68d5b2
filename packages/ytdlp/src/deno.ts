/** Where the JavaScript runtime lies that YouTube's player needs. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** A deno installed beside yt-dlp, as its `deno` extra does; null where there is none. */
export function findDeno(home: string): string | null {
  const path = join(home, 'bin', 'deno')
  return existsSync(path) ? path : null
}
