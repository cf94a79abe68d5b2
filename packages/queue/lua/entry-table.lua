--[[
The entries of a playlist. The table is a hash: `facts` (JSON of what is known of the list), `total`, `next` (the first entry that was
not given a job yet), `changedAt`; of each entry `e<number>` (JSON, as the list says it) and, when it has ended, `o<number>` (JSON); and how
many ended in each state, `c <state>`. `open` is a set of the numbers of entries whose job has not been seen to end.

Provides: isListed, hasOutcome, openEntry, closeEntry, keepFor
]]
local function isListed(entries) return redis.call('HEXISTS', entries, 'total') == 1 end
local function hasOutcome(entries, at) return redis.call('HEXISTS', entries, 'o' .. at) == 1 end

local function passed(entries, at, now)
  local next = tonumber(redis.call('HGET', entries, 'next') or '0')
  redis.call('HSET', entries, 'next', math.max(next, tonumber(at) + 1), 'changedAt', string.format('%.0f', now))
end

local function openEntry(entries, open, at, now)
  redis.call('SADD', open, at)
  passed(entries, at, now)
end

-- Once: the first outcome stands, and is counted once.
local function closeEntry(entries, open, at, state, outcome, now)
  redis.call('SREM', open, at)
  if hasOutcome(entries, at) then return 0 end
  redis.call('HSET', entries, 'o' .. at, outcome)
  redis.call('HINCRBY', entries, 'c ' .. state, 1)
  passed(entries, at, now)
  return 1
end

-- 0 is for ever.
local function keepFor(entries, open, lifetimeMs)
  if lifetimeMs == 0 then return end
  redis.call('PEXPIRE', entries, lifetimeMs)
  redis.call('PEXPIRE', open, lifetimeMs)
end
