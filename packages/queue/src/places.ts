/** How many unfinished jobs a client may have: its places among the downloads, and its waiting jobs. */
import type { JobKind } from '@video-scraper/contracts'
import { keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'

/**
 * Lua: `takePlaces(job, placesMax, waitingMax)` counts `job` (`id`, and its client's sets `places` and `unfinished`), or
 * returns the limit that it ran into. 0 is no limit. It wants `prefix` and `now`.
 */
export const TAKE_PLACES = `
-- Nothing ends and nothing starts while a script runs, so each set is looked through once.
local healed = {}

-- Drops what has ended from a set of unfinished jobs; returns how many of the others are running.
local function heal(set)
  if healed[set] then return healed[set] end
  local running = 0
  for _, id in ipairs(redis.call('ZRANGE', set, 0, -1)) do
    local record = prefix .. id
    local facts = redis.call('HMGET', record, 'timestamp', 'finishedOn', 'verdict')
    if not facts[1] or facts[2] or facts[3] == 'cancelled' then redis.call('ZREM', set, id)
    elseif redis.call('EXISTS', record .. ':lock') == 1 then running = running + 1 end
  end
  healed[set] = running
  return running
end

local function takePlaces(job, placesMax, waitingMax)
  if placesMax > 0 then
    if redis.call('ZCARD', job.places) >= placesMax then heal(job.places) end
    if redis.call('ZCARD', job.places) >= placesMax then return 'too_many_downloads' end
  end
  if waitingMax > 0 then
    -- Who has fewer unfinished jobs has fewer waiting ones; only near the limit each is looked at.
    local running = redis.call('ZCARD', job.unfinished) >= waitingMax and heal(job.unfinished) or 0
    if redis.call('ZCARD', job.unfinished) - running >= waitingMax then return 'too_many_waiting_jobs' end
    redis.call('ZADD', job.unfinished, now, job.id)
  end
  if placesMax > 0 then redis.call('ZADD', job.places, now, job.id) end
end
`

/** Counts the job against no limit of its client any more. Repeating it changes nothing. */
export type ReleasePlaces = (kind: JobKind, limitSubject: string, id: string) => Promise<void>

export const createRelease =
  (redis: Redis): ReleasePlaces =>
  async (kind, limitSubject, id) => {
    await Promise.all([
      kind === 'download' ? redis.zrem(keys.places(limitSubject), id) : undefined,
      redis.zrem(keys.unfinished(kind, limitSubject), id),
    ])
  }
