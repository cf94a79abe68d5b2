--[[
The entries of a playlist. The table is a hash: `facts` (JSON of what is known of the list), `total`, `next` (the first entry that has
neither a job nor an end), `changedAt`; of each entry `e<number>` (JSON, as the list says it) and, when it has ended, `o<number>` (JSON); how
many ended in each state, `c <state>`; and `ended` once the playlist has ended. `open` is a set of the numbers of entries whose job has
not been seen to end.

Provides: isListed, hasOutcome, advance, openEntry, closeEntry, keepFor, keepEnded
]]
local function isListed(entries) return redis.call('HEXISTS', entries, 'total') == 1 end
local function hasOutcome(entries, at) return redis.call('HEXISTS', entries, 'o' .. at) == 1 end

-- `next` stands at `from`, or at the first entry behind it that has not ended. It never goes back, so a list is walked through once.
local function advance(entries, from)
  local next = math.max(tonumber(redis.call('HGET', entries, 'next') or '0'), from)
  while hasOutcome(entries, next) do next = next + 1 end
  redis.call('HSET', entries, 'next', next)
end

local function passed(entries, at, now)
  advance(entries, tonumber(at) + 1)
  redis.call('HSET', entries, 'changedAt', string.format('%.0f', now))
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

local function expire(entries, open, ms)
  redis.call('PEXPIRE', entries, ms)
  redis.call('PEXPIRE', open, ms)
end

-- The time of a playlist that has ended runs, and a job of it that ends later does not begin it anew.
local function keepFor(entries, open, ms)
  if redis.call('HEXISTS', entries, 'ended') == 1 then ms = math.max(redis.call('PTTL', entries), 1) end
  expire(entries, open, ms)
end

local function keepEnded(entries, open, ms)
  if redis.call('HSETNX', entries, 'ended', '1') == 1 then expire(entries, open, ms) end
end
