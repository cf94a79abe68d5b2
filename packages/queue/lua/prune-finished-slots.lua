--[[
Drops from a client's set of unfinished jobs what has ended and what was never made.

Keys:
  1 set: `slots` or `unfinished` of a client
Arguments:
  1 graceMs: how long a place counts without its job
  2 set: 'slots' or 'unfinished'
  * prefixes: what BullMQ's keys of the queues begin with whose jobs may be in the set
Answer: how many were dropped.
Guarantee: what still counts stays. A job is looked at in the same moment in which its place is dropped.
Includes: time, slots
]]
local set, graceMs = KEYS[1], tonumber(ARGV[1])
local prefixes = {unpack(ARGV, 3)}
local before = redis.call('ZCARD', set)
prune({now = nowMs(), graceMs = graceMs}, prefixes, set, ARGV[2] == 'unfinished' and WAITS_ON or nil)
return before - redis.call('ZCARD', set)
