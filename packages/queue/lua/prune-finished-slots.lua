--[[
Drops from a client's set of unfinished jobs what has ended and what was never made.

Keys:
  1 set: `slots` or `unfinished` of a client
Arguments:
  1 prefix: what BullMQ's keys of the queue begin with
  2 graceMs: how long a place counts without its job
Answer: how many were dropped.
Guarantee: what still counts stays. A job is looked at in the same moment in which its place is dropped.
Includes: time, slots
]]
local set, prefix, graceMs = KEYS[1], ARGV[1], tonumber(ARGV[2])
local before = redis.call('ZCARD', set)
prune({prefix = prefix, now = nowMs(), graceMs = graceMs}, set)
return before - redis.call('ZCARD', set)
