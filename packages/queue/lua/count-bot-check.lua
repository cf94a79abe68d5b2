--[[
Counts a bot check of a site. Too many of them within a time, and the site rests.

Keys:
  1 rests: the sites that rest, by the time until when
  2 checks: the jobs that met a bot check at the site, by time
Arguments:
  1 site
  2 job: counted once, however often it meets one
  3 windowMs: how long a bot check counts
  4 limit: at so many the site rests
  5 restMs: how long it rests
  6 restsMax: no more sites rest at once; those that rest the shortest give way
Answer: until when the site rests from now on, in epoch milliseconds, as text; '0' where it does not.
Guarantee: two that are counted at once make one rest. A site that rests already is not made to rest longer.
Includes: time
]]
local rests, checks = KEYS[1], KEYS[2]
local site, job = ARGV[1], ARGV[2]
local window, limit, restMs, restsMax = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local now = nowMs()
if tonumber(redis.call('ZSCORE', rests, site) or '0') > now then return '0' end
redis.call('ZREMRANGEBYSCORE', checks, '-inf', now - window)
redis.call('ZADD', checks, now, job)
redis.call('PEXPIRE', checks, window)
if redis.call('ZCARD', checks) < limit then return '0' end
redis.call('DEL', checks)
local untilMs = string.format('%.0f', now + restMs)
redis.call('ZREMRANGEBYSCORE', rests, '-inf', now)
redis.call('ZADD', rests, untilMs, site)
redis.call('ZREMRANGEBYRANK', rests, 0, -1 - restsMax)
redis.call('PEXPIREAT', rests, redis.call('ZRANGE', rests, -1, -1, 'WITHSCORES')[2])
return untilMs
