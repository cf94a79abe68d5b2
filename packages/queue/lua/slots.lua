--[[
How many unfinished jobs a client may have. `job` has the fields `id`, `prefix` (of the keys of its queue), `holders` (the prefixes of all
queues whose jobs may be in `slots`), `now`, `graceMs` and the two sets of its client, `slots` (downloads and playlists) and `unfinished`
(all jobs of the queue).

Provides: takeSlots, prune, WAITS_ON
Includes: job-record, verdict
]]
-- A job whose time is over stays in the queue until a worker has drained it. Otherwise a client whose jobs expire within a second could fill
-- the queue of everybody.
local WAITS_ON = 'expired'

-- The record of a member of a set that holds jobs of these queues; nil where it is in none of them.
local function recordOf(prefixes, member)
  for _, prefix in ipairs(prefixes) do
    if isMade(prefix .. member) then return prefix .. member end
  end
  return nil
end

-- Whether a member of a set still counts, and whether a worker has it. `stands`: a verdict that ends the job early, and with which it
-- counts all the same.
local function stateOfMember(job, prefixes, member, takenAt, stands)
  local record = recordOf(prefixes, member)
  -- Its POST may be on its way to make it.
  if not record then return job.now - takenAt <= job.graceMs, false end
  if hasEnded(record) then return false, false end
  local verdict = verdictOn(record)
  if endsEarly(verdict) and verdict ~= stands then return false, false end
  return true, isLocked(record)
end

-- Drops what has ended, and what was never made, from a set of jobs of these queues; returns how many of the others are running.
local function prune(job, prefixes, set, stands)
  local running = 0
  local members = redis.call('ZRANGE', set, 0, -1, 'WITHSCORES')
  for at = 1, #members, 2 do
    local counts, runs = stateOfMember(job, prefixes, members[at], tonumber(members[at + 1]), stands)
    if not counts then redis.call('ZREM', set, members[at]) end
    if runs then running = running + 1 end
  end
  return running
end

local function refusesPlace(job, slotsMax)
  if slotsMax == 0 or redis.call('ZCARD', job.slots) < slotsMax then return false end
  if redis.call('ZSCORE', job.slots, job.id) then return false end
  prune(job, job.holders, job.slots)
  return redis.call('ZCARD', job.slots) >= slotsMax
end

local function refusesToWait(job, waitingMax)
  -- Who has fewer unfinished jobs has fewer waiting ones; only near the limit each is looked at.
  if waitingMax == 0 or redis.call('ZCARD', job.unfinished) < waitingMax then return false end
  if redis.call('ZSCORE', job.unfinished, job.id) then return false end
  local running = prune(job, {job.prefix}, job.unfinished, WAITS_ON)
  return redis.call('ZCARD', job.unfinished) - running >= waitingMax
end

-- Counts the job, or returns the limit that it ran into. 0 is no limit. A job that is counted already is counted once, and its
-- grace begins anew.
local function takeSlots(job, slotsMax, waitingMax)
  if refusesPlace(job, slotsMax) then return 'too_many_downloads' end
  if refusesToWait(job, waitingMax) then return 'too_many_waiting_jobs' end
  if slotsMax > 0 then redis.call('ZADD', job.slots, job.now, job.id) end
  if waitingMax > 0 then redis.call('ZADD', job.unfinished, job.now, job.id) end
  return nil
end
