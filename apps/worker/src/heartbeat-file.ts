/** A file that is touched as long as the worker talks to Redis: what a container's health check looks at. */
import { constants } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Redis } from 'ioredis'

const EVERY_MS = 5000
/** Three signs may be missed. */
const FRESH_MS = 20_000

/** One worker per container has a temporary folder to itself; several of one machine share the file, and nobody looks. */
const heartbeatFile = (folder: string): string => join(folder, `video-scraper-worker-alive-${process.getuid?.() ?? 0}`)

/** Touches the file now and every 5 s while Redis answers, until `stop` is called. Never throws: an old file says all. */
export function startHeartbeatFile(redis: Redis, folder = tmpdir()): { stop(): void } {
  const path = heartbeatFile(folder)
  let asking = false
  const give = async () => {
    // While Redis is away a question waits for it, and more of them would only pile up.
    if (asking) return
    asking = true
    await redis
      .ping()
      .then(() => touch(path))
      .catch(() => undefined)
    asking = false
  }
  void give()
  const timer = setInterval(() => void give(), EVERY_MS)
  return { stop: () => clearInterval(timer) }
}

/** Whether the last sign is less than 20 s old. */
export async function isHeartbeatFresh(folder = tmpdir()): Promise<boolean> {
  const seen = await stat(heartbeatFile(folder)).catch(() => null)
  return seen !== null && Date.now() - seen.mtimeMs < FRESH_MS
}

/** In a temporary folder that others share, the name may be a link of theirs, which must lead nowhere. */
async function touch(path: string): Promise<void> {
  const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW, 0o600)
  try {
    const now = new Date()
    await file.utimes(now, now)
  } finally {
    await file.close()
  }
}
