--[[
Writes down what a job is about to wait for.

Keys:
  1 record: the job's hash
  2 delayed: the jobs of this queue that are put off
Arguments:
  1 token: the worker's name on the job's lock
  2 reason: one word
  3 waitingMax: where so many jobs are put off, the job does not wait; 0: any number
Answer: 1; 'too many' where the job may not wait; or 0 where the job is no longer ours and nothing was changed.
Guarantee: only who holds the job changes it. The next attempt that begins takes the word away.
Includes: held-job
]]
local record, delayed, token, reason, waitingMax = KEYS[1], KEYS[2], ARGV[1], ARGV[2], tonumber(ARGV[3])
if not isHeld(record, token) then return 0 end
if waitingMax > 0 and redis.call('ZCARD', delayed) >= waitingMax then return 'too many' end
redis.call('HSET', record, 'waitingFor', reason)
return 1
