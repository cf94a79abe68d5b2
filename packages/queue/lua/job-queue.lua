--[[
BullMQ's private form, as far as scripts depend on it: one queue, by what its keys begin with. test/bullmq-form.test.ts
compares it with what the pinned version of BullMQ writes.

Provides: waitingCount, lowerQueue, lowerJob
Includes: job-record
]]
-- A waiting job's score is its priority times this, plus a counter that orders the jobs of one priority.
local PRIORITY_UNIT = 4294967296

-- How many jobs a worker could take now.
local function waitingCount(prefix)
  return redis.call('ZCARD', prefix .. 'prioritized') + redis.call('LLEN', prefix .. 'wait')
end

-- Not to 0, where a job would run ahead of all others for ever.
local function lowered(priority, amount) return math.max(1, priority - amount) end

local function lowerRecord(record, amount)
  local priority = priorityOf(record)
  if priority > 0 then writePriority(record, lowered(priority, amount)) end
end

local function lowerWaiting(prefix, id, score, amount)
  local priority, turn = math.floor(score / PRIORITY_UNIT), score % PRIORITY_UNIT
  local changed = lowered(priority, amount) * PRIORITY_UNIT + turn
  redis.call('ZADD', prefix .. 'prioritized', string.format('%.0f', changed), id)
end

-- Lowers the priority of every job that has not ended. Their order stays.
local function lowerQueue(prefix, amount)
  local waiting = redis.call('ZRANGE', prefix .. 'prioritized', 0, -1, 'WITHSCORES')
  for at = 1, #waiting, 2 do
    lowerWaiting(prefix, waiting[at], tonumber(waiting[at + 1]), amount)
    lowerRecord(prefix .. waiting[at], amount)
  end
  for _, id in ipairs(redis.call('ZRANGE', prefix .. 'delayed', 0, -1)) do lowerRecord(prefix .. id, amount) end
  for _, list in ipairs({'active', 'wait'}) do
    for _, id in ipairs(redis.call('LRANGE', prefix .. list, 0, -1)) do lowerRecord(prefix .. id, amount) end
  end
end

-- The same for one job.
local function lowerJob(prefix, id, amount)
  lowerRecord(prefix .. id, amount)
  local score = redis.call('ZSCORE', prefix .. 'prioritized', id)
  if score then lowerWaiting(prefix, id, tonumber(score), amount) end
end
