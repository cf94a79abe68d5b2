--[[
Replaces the log of a delivery. A replay and the end of an attempt meet here.

Keys:
  1 delivery: its log
  2 pending: the deliveries of the same registration that are under way
Arguments:
  1 id
  2 text: the log as JSON
  3 lifetimeMs
  4 status
  5 round: how often it was asked for again
  6 seen: the log as it was read; '' where it must only not be of a later round
Answer: 1, or 0 where nothing was written.
Guarantee: whoever read the log first does not undo what the other one wrote.
]]
local delivery, pending = KEYS[1], KEYS[2]
local id, text, lifetimeMs, status, round, seen = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5]), ARGV[6]
local stored = redis.call('GET', delivery)
if seen ~= '' and stored ~= seen then return 0 end
if stored and cjson.decode(stored).round > round then return 0 end
redis.call('SET', delivery, text, 'PX', lifetimeMs)
if status == 'pending' then
  redis.call('SADD', pending, id)
  redis.call('PEXPIRE', pending, lifetimeMs)
else
  redis.call('SREM', pending, id)
end
return 1
