--[[
Tags of the fair order (src/admission/fair-order.ts says what they mean). `queue` has the fields `prefix` (of its keys), `tagMax`, and the keys
`tags`, `clock` and `lowerings`.

Provides: takeTag
Includes: job-queue
]]
-- What a job costs its client.
local TURN = 2

-- Moves all tags of the queue down by the clock, and the clock to 0. Jobs that are admitted and not yet made are lowered when
-- they are made (lower-late-tag), by what was added to the lowerings meanwhile.
local function lowerAll(queue, virtual)
  lowerQueue(queue.prefix, virtual)
  local clients = redis.call('ZRANGE', queue.tags, 0, -1, 'WITHSCORES')
  for at = 1, #clients, 2 do
    redis.call('ZADD', queue.tags, math.max(0, tonumber(clients[at + 1]) - virtual), clients[at])
  end
  redis.call('INCRBY', queue.lowerings, virtual)
  redis.call('SET', queue.clock, 0)
end

-- Charges the client, and returns the tag of its next job.
local function takeTag(queue, client, isCached)
  local account, cost, start = client, TURN, TURN / 2
  if isCached then account, cost, start = client .. ' cached', TURN / 8, TURN / 8 - TURN end
  local virtual = tonumber(redis.call('GET', queue.clock) or '0')
  local last = tonumber(redis.call('ZSCORE', queue.tags, account) or '-100')
  local tag = math.max(last + cost, virtual + start)
  if tag > queue.tagMax and virtual > 0 then
    lowerAll(queue, virtual)
    tag = math.max(last - virtual + cost, start)
  end
  tag = math.min(tag, queue.tagMax)
  redis.call('ZADD', queue.tags, tag, account)
  -- Jobs of priority 0 would run ahead of all others, for ever.
  return math.max(1, math.floor(tag))
end
