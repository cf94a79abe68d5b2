--[[
Writes down what a job is about to wait for.

Keys:
  1 record: the job's hash
Arguments:
  1 token: the worker's name on the job's lock
  2 reason: one word
Answer: 1, or 0 where the job is no longer ours and nothing was changed.
Guarantee: only who holds the job changes it. The next attempt that begins takes the word away.
Includes: held-job
]]
local record, token, reason = KEYS[1], ARGV[1], ARGV[2]
if not isHeld(record, token) then return 0 end
redis.call('HSET', record, 'waitingFor', reason)
return 1
