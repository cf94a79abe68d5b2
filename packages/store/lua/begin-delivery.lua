--[[
Writes the log of a delivery that is new.

Keys:
  1 delivery: its log
  2 deliveries: those of the same registration
  3 pending: those of them that are under way
Arguments:
  1 id
  2 text: the log as JSON
  3 lifetimeMs
  4 createdAt
  5 status
  6 max: how many the registration keeps
  7 prefix: what the key of a log begins with
Answer: 1, or 0 where the delivery is known already.
Guarantee: written once: a repetition does not put a delivery that has ended among the pending ones again. Of those that are too
many, one that is under way stays, and lapses by itself.
]]
local delivery, deliveries, pending = KEYS[1], KEYS[2], KEYS[3]
local id, text, lifetimeMs, createdAt, status = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local max, prefix = tonumber(ARGV[6]), ARGV[7]
if not redis.call('SET', delivery, text, 'PX', lifetimeMs, 'NX') then return 0 end
redis.call('ZADD', deliveries, createdAt, id)
redis.call('PEXPIRE', deliveries, lifetimeMs)
if status == 'pending' then
  redis.call('SADD', pending, id)
  redis.call('PEXPIRE', pending, lifetimeMs)
end
for _, old in ipairs(redis.call('ZRANGE', deliveries, 0, -1 - max)) do
  redis.call('ZREM', deliveries, old)
  if redis.call('SISMEMBER', pending, old) == 0 then redis.call('DEL', prefix .. old) end
end
return 1
