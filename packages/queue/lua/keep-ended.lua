--[[
Counts a job of a client that has ended, and says which older ones are too many.

Keys:
  1 kept: the ended jobs of the client whose records are kept
Arguments:
  1 id
  2 max: how many are kept
  3 lifetimeMs: how long the records are kept; 0 for ever
Answer: the ids of those that are too many; they are not counted any more.
Guarantee: the oldest go first. The set lives no longer than the records.
Includes: time
]]
local kept, id, max, lifetimeMs = KEYS[1], ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local now = nowMs()
redis.call('ZADD', kept, now, id)
if lifetimeMs > 0 then
  redis.call('ZREMRANGEBYSCORE', kept, '-inf', now - lifetimeMs)
  redis.call('PEXPIRE', kept, lifetimeMs)
end
local excess = redis.call('ZRANGE', kept, 0, -1 - max)
for _, old in ipairs(excess) do redis.call('ZREM', kept, old) end
return excess
