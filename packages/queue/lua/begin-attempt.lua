--[[
An attempt begins: its start is counted until it ends.

Keys:
  1 record: the job's hash
Arguments:
  1 token: the worker's name on the job's lock
  2 expiresAt: when the time of the job is over, in epoch milliseconds; '' for a job that does not expire
Answer: {starts without an end, this one among them, or 0 where the job is no longer ours; the verdict or ''; the publication or ''}.
Guarantee: only who holds the job changes it. A job without a verdict whose time is over gets `expired`, and does not begin.
Includes: held-job, verdict
]]
local record, token, expiresAt = KEYS[1], ARGV[1], ARGV[2]
if not isHeld(record, token) then return {0, '', ''} end
noteStart(record, token)
local verdict = verdictByNow(record, expiresAt)
redis.call('HDEL', record, 'waitingFor')
if not endsEarly(verdict) then
  -- The number of this attempt. It stays when the attempt is handed back, so what clients see does not fall, and the next start
  -- has the same number, since none was used.
  redis.call('HSET', record, 'tried', attemptsEnded(record) + 1)
  -- BullMQ writes the draining of a job down as a start of it, and that of a job whose time is over is none.
  if expiresAt ~= '' then redis.call('HSET', record, 'begunAt', string.format('%.0f', nowMs())) end
end
return {startCount(record), verdict or '', redis.call('HGET', record, 'publication') or ''}
