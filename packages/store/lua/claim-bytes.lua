--[[
Claims bytes of a total that several share. The hash holds `<bytes> <lapses at, in epoch seconds>` by job.

Keys:
  1 claims: who was promised how much
  2 stored: what is stored already; only where that counts as well
Arguments:
  1 job: who claims; it replaces what the same job claimed before
  2 bytes
  3 total: what there is for all together; '' claims in any case
  4 seconds: a claim that nobody renews is gone after this
Answer: {1 or 0 for whether it fits, what others take or were promised, as text}.
Guarantee: two who ask at once are never promised the same bytes. What does not fit changes nothing but claims that lapsed.
]]
local claims, stored = KEYS[1], KEYS[2]
local job, bytes, total, seconds = ARGV[1], tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4])
local now = tonumber(redis.call('TIME')[1])
local others = stored and tonumber(redis.call('GET', stored) or '0') or 0
local all = redis.call('HGETALL', claims)
for at = 1, #all, 2 do
  local claimed, lapses = string.match(all[at + 1], '^(%d+) (%d+)$')
  if tonumber(lapses) < now then redis.call('HDEL', claims, all[at])
  elseif all[at] ~= job then others = others + tonumber(claimed) end
end
local granted = total == '' or others + bytes <= tonumber(total)
if granted then
  redis.call('HSET', claims, job, string.format('%.0f %.0f', bytes, now + seconds))
  redis.call('EXPIRE', claims, seconds)
end
return {granted and 1 or 0, string.format('%.0f', others)}
