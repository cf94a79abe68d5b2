--[[
Asks whether a job may ask a site now. A site may rest, and it may have a rate: so many jobs in a time, from all workers together.

Keys:
  1 rests: the sites that rest, by the time until when
  2 rate: `reserved`, from when on turns are free, and `used`, the same for turns that were used
  3 turns: jobs that have a turn, by its time
Arguments:
  1 site
  2 job
  3 everyMs: the mean time between two turns; 0 for a site without a rate
  4 burst: so many may follow each other at once
  5 aheadMs: time is cut into windows of this length, and a turn is given only inside the window of now
Answer: {'go', '0'}; or {'site_rest' or 'site_rate', when to ask again, in epoch milliseconds, as text}.
Guarantee: in no span of time more than `burst` jobs go, and one more for each `everyMs` of it. The same job has one turn, however
often it asks. Who gets no turn asks again when the next window begins, as all others of the site do, so that the queue's order
decides who is first then. No turn of that window is given before: who comes between would take it from those who wait.
Includes: time
]]
local rests, rate, turns = KEYS[1], KEYS[2], KEYS[3]
local site, job = ARGV[1], ARGV[2]
local every, burst, ahead = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local now = nowMs()
local function later(reason, at) return {reason, string.format('%.0f', at)} end

local rest = tonumber(redis.call('ZSCORE', rests, site) or '0')
if rest > now then return later('site_rest', rest) end
if every == 0 then return {'go', '0'} end

-- Turns of jobs that were cancelled, or that waited elsewhere, are not kept for ever.
redis.call('ZREMRANGEBYSCORE', turns, '-inf', now - 10 * ahead)
local slack = (burst - 1) * every
local lifetime = 10 * ahead + slack + every
local seen = redis.call('HMGET', rate, 'reserved', 'used')
local reserved, used = tonumber(seen[1] or '0'), tonumber(seen[2] or '0')
local turn = tonumber(redis.call('ZSCORE', turns, job) or '-1')
if turn < 0 then
  turn = math.max(reserved - slack, now)
  local windowEnd = (math.floor(now / ahead) + 1) * ahead
  if turn >= windowEnd then return later('site_rate', windowEnd) end
  reserved = math.max(reserved, now) + every
  redis.call('HSET', rate, 'reserved', string.format('%.0f', reserved))
  redis.call('ZADD', turns, string.format('%.0f', turn), job)
  redis.call('PEXPIRE', turns, lifetime)
  redis.call('PEXPIRE', rate, lifetime)
end
if turn > now then return later('site_rate', turn) end
-- Turns whose jobs come late, since the workers were busy, do not add up to a crowd.
if used - slack > now then return later('site_rate', used - slack) end
redis.call('HSET', rate, 'used', string.format('%.0f', math.max(used, now) + every))
redis.call('ZREM', turns, job)
return {'go', '0'}
