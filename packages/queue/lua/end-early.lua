--[[
Asks for a verdict that ends the job, whatever its worker still has to do.

Keys:
  1 record: the job's hash
Arguments:
  1 verdict: 'cancelled' or 'expired'
Answer: 'missing', 'finished', or the verdict that holds from now on.
Guarantee: of all who ask for a verdict, here or in commit-attempt, the first decides, once. A job that has ended gets none.
Includes: time, job-record, verdict
]]
local record, wanted = KEYS[1], ARGV[1]
if redis.call('EXISTS', record) == 0 then return 'missing' end
local verdict = verdictOn(record)
if endsEarly(verdict) then return verdict end
if hasEnded(record) then return 'finished' end
if verdict then return verdict end
redis.call('HSET', record, 'verdict', wanted, 'verdictAt', string.format('%.0f', nowMs()))
return wanted
