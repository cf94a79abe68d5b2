--[[
Writes down when the stream of a job begins; and, where the job will wait for that, that it does.

Keys:
  1 record: the job's hash
  2 list: the jobs of its owner
  3 unfinished: the unfinished jobs of its client in this queue
Arguments:
  1 token: the worker's name on the job's lock
  2 startsAt: epoch milliseconds
  3 id
  4 waitMs: for how long the job will wait; 0: it will not
  5 lifetimeMs: how long a job stays in the list; 0 for ever
Answer: 1, or 0 where the job is no longer ours and nothing was changed.
Guarantee: only who holds the job changes it. A job that waits for long stays in the list and counts against the limits of its client.
Includes: held-job, long-wait
]]
local record, list, unfinished = KEYS[1], KEYS[2], KEYS[3]
local token, startsAt, id = ARGV[1], ARGV[2], ARGV[3]
local waitMs, lifetimeMs = tonumber(ARGV[4]), tonumber(ARGV[5])

if not isHeld(record, token) then return 0 end
redis.call('HSET', record, 'startsAt', startsAt)
if waitMs > 0 then
  redis.call('HINCRBY', record, 'startWaits', 1)
  forgetFailure(record)
  outlast(list, unfinished, id, waitMs, lifetimeMs)
end
return 1
