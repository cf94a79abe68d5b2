--[[
Writes down that everybody was notified of the end of a job.

Keys:
  1 record: the job's hash
Arguments: none
Answer: 1, or 0 where there is no such job.
Guarantee: a job whose record is gone does not come back as half a hash.
]]
local record = KEYS[1]
if redis.call('EXISTS', record) == 0 then return 0 end
redis.call('HSET', record, 'announced', '1')
return 1
