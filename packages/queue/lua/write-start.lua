--[[
Writes down when the stream of a job begins; and, where the job will wait for that, that it does.

Keys:
  1 record: the job's hash
  2 list: the jobs of its owner
  3 unfinished: the unfinished jobs of its client in this queue
  4 delayed: the jobs of this queue that are put off
Arguments:
  1 token: the worker's name on the job's lock
  2 startsAt: epoch milliseconds
  3 id
  4 waitMs: for how long the job will wait; 0: it will not
  5 lifetimeMs: how long a job stays in the list; 0 for ever
  6 waitingMax: where so many jobs are put off, the job does not wait; 0: any number
Answer: 1; 'too many' where the job would wait and may not; or 0 where the job is no longer ours and nothing was changed.
Guarantee: only who holds the job changes it. A job that waits for long stays in the list and counts against the limits of its client.
Includes: held-job, long-wait
]]
local record, list, unfinished, delayed = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local token, startsAt, id = ARGV[1], ARGV[2], ARGV[3]
local waitMs, lifetimeMs, waitingMax = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])

if not isHeld(record, token) then return 0 end
redis.call('HSET', record, 'startsAt', startsAt)
if waitMs > 0 and waitingMax > 0 and redis.call('ZCARD', delayed) >= waitingMax then return 'too many' end
if waitMs > 0 then
  redis.call('HINCRBY', record, 'startWaits', 1)
  forgetFailure(record)
  outlast(list, unfinished, id, waitMs, lifetimeMs)
end
return 1
