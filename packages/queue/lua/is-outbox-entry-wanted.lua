--[[
Whether somebody wants to be notified of the end of a job.

Keys:
  1 webhooks: the registrations of its owner
  2 record: the job's hash
Arguments: none
Answer: 1 or 0.
Guarantee: whoever registers later is notified of later ends alone: where nobody wants to be notified, that is written down.
]]
local webhooks, record = KEYS[1], KEYS[2]
if redis.call('EXISTS', webhooks) == 1 then return 1 end
if redis.call('EXISTS', record) == 1 then redis.call('HSET', record, 'announced', '1') end
return 0
