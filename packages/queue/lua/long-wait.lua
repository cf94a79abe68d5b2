--[[
What a job needs that waits for longer than records are kept: it stays in the list of its owner and counts against the limits of its client.

Provides: outlast
Includes: time
]]
-- A job falls out of the list a lifetime after its request, which would be before its end. Its place there is then that of a
-- younger job.
local function stayListed(list, id, untilMs, lifetimeMs)
  local score = redis.call('ZSCORE', list, id)
  local needed = untilMs - lifetimeMs
  if score and tonumber(score) < needed then redis.call('ZADD', list, string.format('%.0f', needed), id) end
end
local function outlive(set, ms)
  local left = redis.call('PTTL', set)
  if left >= 0 and left < ms then redis.call('PEXPIRE', set, string.format('%.0f', ms)) end
end

-- `lifetimeMs`: how long a job stays in the list; 0 for ever.
local function outlast(list, unfinished, id, waitMs, lifetimeMs)
  if lifetimeMs == 0 then return end
  -- And as long as a retry may take.
  local spare = math.min(lifetimeMs, 3600000)
  stayListed(list, id, nowMs() + waitMs + spare, lifetimeMs)
  for _, set in ipairs({list, unfinished}) do outlive(set, waitMs + lifetimeMs) end
end
