/** How many unfinished jobs a client may have: its places among the downloads, and its waiting jobs. */
import type { JobKind } from '@video-scraper/contracts'
import { keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'

/**
 * A place is taken before its job is made. One without a job belongs to a POST on its way for this long, in milliseconds;
 * after that nobody makes the job any more, and the place is dropped at the client's next refusal.
 */
export const PLACE_GRACE_MS = 10_000

/**
 * Lua: `takePlaces(placesMax, waitingMax)` counts the job `id` in its client's sets `places` and `unfinished`, or returns the
 * limit that it ran into. 0 is no limit. A job that has its place already keeps it, and its grace begins anew. It wants
 * `id`, `places`, `unfinished`, `prefix`, `graceMs`, `now` and the functions of `JOB_RECORD_LUA`.
 */
export const TAKE_PLACES = `
-- Whether a member still counts, and whether a worker has it.
local function stateOfMember(member, takenAt)
  local record = prefix .. member
  if not isMade(record) then return now - takenAt <= graceMs, false end
  if hasEnded(record) or redis.call('HGET', record, 'verdict') == 'cancelled' then return false, false end
  return true, isLocked(record)
end

-- Drops what has ended, and what was never made, from a set of unfinished jobs; returns how many of the others are running.
local function prune(set)
  local running = 0
  local members = redis.call('ZRANGE', set, 0, -1, 'WITHSCORES')
  for at = 1, #members, 2 do
    local counts, runs = stateOfMember(members[at], tonumber(members[at + 1]))
    if not counts then redis.call('ZREM', set, members[at]) end
    if runs then running = running + 1 end
  end
  return running
end

local function refusesPlace(placesMax)
  if placesMax == 0 or redis.call('ZCARD', places) < placesMax or redis.call('ZSCORE', places, id) then return false end
  prune(places)
  return redis.call('ZCARD', places) >= placesMax
end

local function refusesToWait(waitingMax)
  -- Who has fewer unfinished jobs has fewer waiting ones; only near the limit each is looked at.
  if waitingMax == 0 or redis.call('ZCARD', unfinished) < waitingMax then return false end
  if redis.call('ZSCORE', unfinished, id) then return false end
  local running = prune(unfinished)
  return redis.call('ZCARD', unfinished) - running >= waitingMax
end

local function takePlaces(placesMax, waitingMax)
  if refusesPlace(placesMax) then return 'too_many_downloads' end
  if refusesToWait(waitingMax) then return 'too_many_waiting_jobs' end
  if placesMax > 0 then redis.call('ZADD', places, now, id) end
  if waitingMax > 0 then redis.call('ZADD', unfinished, now, id) end
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
