--[[
Asks for a verdict that ends the job, whatever its worker still has to do.

Keys:
  1 record: the job's hash
  2 overdue: the jobs that have ended early, or whose time is over, and that BullMQ has not ended, by when they are looked at next
Arguments:
  1 verdict: 'cancelled' or 'expired'
  2 id
  3 lookAfterMs: how long nobody looks at it
Answer: 'missing', 'finished', or the verdict that holds from now on.
Guarantee: of all who ask for a verdict, here, in begin-attempt or in commit-attempt, the first decides, once. A job that has ended gets none.
One that got a verdict here is looked at until BullMQ has ended it, also where whoever asked is killed now.
Includes: job-record, verdict, time
]]
local record, overdue, wanted, id, lookAfterMs = KEYS[1], KEYS[2], ARGV[1], ARGV[2], tonumber(ARGV[3])
if redis.call('EXISTS', record) == 0 then return 'missing' end
local verdict = verdictOn(record)
if hasEnded(record) then return endsEarly(verdict) and verdict or 'finished' end
verdict = verdict or giveVerdict(record, wanted)
-- Not where somebody has claimed it: then that one says when it is looked at next.
if endsEarly(verdict) then redis.call('ZADD', overdue, 'NX', string.format('%.0f', nowMs() + lookAfterMs), id) end
return verdict
