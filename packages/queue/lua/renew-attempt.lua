--[[
Renews the lock of a job.

Keys:
  1 record: the job's hash
Arguments:
  1 token: the worker's name on the job's lock
  2 lockMs: how long it holds from now on
Answer: {the verdict or '', 1 or 0 for whether the job is still ours}.
Guarantee: works in a full Redis. Only who holds the job renews its lock.
Includes: held-job
]]
local record, token, lockMs = KEYS[1], ARGV[1], ARGV[2]
local verdict = redis.call('HGET', record, 'verdict') or ''
if not isHeld(record, token) then return {verdict, 0} end
extendLock(record, lockMs)
return {verdict, 1}
