--[[
Says when a job that BullMQ has not ended is looked at next.

Keys:
  1 overdue: the jobs that have ended early, or whose time is over, and that BullMQ has not ended, by when they are looked at next
Arguments:
  1 id
  2 waitMs: how long nobody looks at it
Answer: nothing.
Guarantee: one that was taken out, since it has ended, does not come back.
Includes: time
]]
redis.call('ZADD', KEYS[1], 'XX', string.format('%.0f', nowMs() + tonumber(ARGV[2])), ARGV[1])
