--[[
Asks for the verdict `cancelled`.

Keys:
  1 record: the job's hash
Arguments: none
Answer: 'missing', 'finished', or the verdict that holds from now on.
Guarantee: of this and commit-attempt the first decides, once. A job that has ended is never cancelled.
Includes: time, job-record
]]
local record = KEYS[1]
if redis.call('EXISTS', record) == 0 then return 'missing' end
local verdict = redis.call('HGET', record, 'verdict')
if verdict == 'cancelled' then return verdict end
if hasEnded(record) then return 'finished' end
if verdict then return verdict end
redis.call('HSET', record, 'verdict', 'cancelled', 'verdictAt', string.format('%.0f', nowMs()))
return 'cancelled'
