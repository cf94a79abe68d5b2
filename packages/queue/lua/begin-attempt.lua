--[[
An attempt begins: its start is counted until it ends.

Keys:
  1 record: the job's hash
Arguments:
  1 token: the worker's name on the job's lock
Answer: {starts without an end, this one among them, or 0 where the job is no longer ours; the verdict or ''; the publication or ''}.
Guarantee: only who holds the job changes it.
Includes: held-job, verdict
]]
local record, token = KEYS[1], ARGV[1]
if not isHeld(record, token) then return {0, '', ''} end
noteStart(record, token)
local facts = redis.call('HMGET', record, 'verdict', 'publication')
-- The number of this attempt. It stays when the attempt is handed back, so what clients see does not fall, and the next start
-- has the same number, since none was used.
redis.call('HDEL', record, 'waitingFor')
if not endsEarly(facts[1]) then redis.call('HSET', record, 'tried', attemptsEnded(record) + 1) end
return {startCount(record), facts[1] or '', facts[2] or ''}
