--[[
Claims jobs whose time is over, and those that have ended early and that BullMQ has not ended. For a while nobody else gets them.

Keys:
  1 deadlines: the jobs that expire, by when
  2 overdue: the jobs that have ended early, or whose time is over, and that BullMQ has not ended, by when they are looked at next
Arguments:
  1 max: how many are claimed
  2 claimMs: for how long
Answer: id, and 1 where it was claimed before or 0, in turns; those of `deadlines` come first, the oldest before the others.
Guarantee: each is claimed by one. None is dropped, so a process that is killed leaves its jobs to a later look, and one job never
hides another.
Includes: time
]]
local deadlines, overdue, max, claimMs = KEYS[1], KEYS[2], tonumber(ARGV[1]), tonumber(ARGV[2])
local now = nowMs()
local claimed = {}
local function claim(set, was)
  local most = max - #claimed / 2
  if most < 1 then return end
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', set, '-inf', string.format('%.0f', now), 'LIMIT', 0, most)) do
    if set == deadlines then redis.call('ZREM', deadlines, id) end
    redis.call('ZADD', overdue, string.format('%.0f', now + claimMs), id)
    claimed[#claimed + 1] = id
    claimed[#claimed + 1] = was
  end
end
claim(deadlines, 0)
claim(overdue, 1)
return claimed
