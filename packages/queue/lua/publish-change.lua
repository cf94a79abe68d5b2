--[[
Says that a job has changed.

Keys:
  1 record: the job's hash
Arguments:
  1 channel: where its followers listen
Answer: how many gateways listen.
Guarantee: the revision grows before it is published. A record that was removed does not come back as a hash with nothing but a revision.
]]
local record, channel = KEYS[1], ARGV[1]
if redis.call('EXISTS', record) == 1 then redis.call('HINCRBY', record, 'revision', 1) end
return redis.call('PUBLISH', channel, '')
