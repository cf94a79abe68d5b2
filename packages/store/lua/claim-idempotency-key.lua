--[[
Claims an Idempotency-Key for a request.

Keys:
  1 record: what is known of the key
Arguments:
  1 fingerprint: equal for equal requests
  2 holder: a random text, which is the seed of the ids where the key is new
  3 leaseMs: how long the request has the key to itself
  4 lifetimeMs: how long the key is remembered
Answer: {'fresh', seed}, {'resumed', seed}, {'answered', the answer}, {'busy', ''} or {'reused', ''}.
Guarantee: one request at a time holds a key, and every holder has the same seed.
]]
local record, asked, holder, leaseMs, lifetimeMs = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local fingerprint, seed, answer, busyUntil =
  unpack(redis.call('HMGET', record, 'fingerprint', 'seed', 'answer', 'busyUntil'))
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local lease = {'holder', holder, 'busyUntil', now + leaseMs}
if not fingerprint then
  redis.call('HSET', record, 'fingerprint', asked, 'seed', holder, unpack(lease))
  redis.call('PEXPIRE', record, lifetimeMs)
  return {'fresh', holder}
end
if fingerprint ~= asked then return {'reused', ''} end
if answer then return {'answered', answer} end
if now < tonumber(busyUntil) then return {'busy', ''} end
redis.call('HSET', record, unpack(lease))
return {'resumed', seed}
