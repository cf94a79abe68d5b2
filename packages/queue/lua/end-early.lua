--[[
Asks for a verdict that ends the job, whatever its worker still has to do.

Keys:
  1 record: the job's hash
Arguments:
  1 verdict: 'cancelled' or 'expired'
Answer: 'missing', 'finished', or the verdict that holds from now on.
Guarantee: of all who ask for a verdict, here, in begin-attempt or in commit-attempt, the first decides, once. A job that has ended gets none.
Includes: job-record, verdict
]]
local record, wanted = KEYS[1], ARGV[1]
if redis.call('EXISTS', record) == 0 then return 'missing' end
local verdict = verdictOn(record)
if endsEarly(verdict) then return verdict end
if hasEnded(record) then return 'finished' end
return verdict or giveVerdict(record, wanted)
