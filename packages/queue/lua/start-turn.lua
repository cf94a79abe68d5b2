--[[
A job is being started: the queue's clock moves to its tag, and the serviceRate of the queue is noted.

Keys:
  1 clock: the tag last started
  2 tags: the last tag of each client
  3 record: the job's hash
  4 serviceRate: how fast the queue is
Arguments: none
Answer: 1.
Guarantee: the clock never goes back. The tag is read here, since it may have been moved down after the worker read the job.
Includes: time, job-record
]]
local clock, tags, record, serviceRate = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local virtual = tonumber(redis.call('GET', clock) or '0')
local tag = priorityOf(record)
if tag > virtual then
  redis.call('SET', clock, tag)
  -- Two more than these is no later than one more than the clock, so nothing is lost with them.
  redis.call('ZREMRANGEBYSCORE', tags, '-inf', tag - 1)
end
-- A cancelled job has no tag: it is only cleared away, and tells nothing of how fast the queue is.
if tag > 0 then
  local now = nowMs()
  local seen = redis.call('HMGET', serviceRate, 'mean', 'last')
  if seen[2] then
    local step = now - tonumber(seen[2])
    redis.call('HSET', serviceRate, 'mean', seen[1] and tonumber(seen[1]) * 0.8 + step * 0.2 or step)
  end
  redis.call('HSET', serviceRate, 'last', now)
end
return 1
