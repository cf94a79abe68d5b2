--[[
Ends the lease of an Idempotency-Key: it is not known what was made, and a repeat may find out at once.

Keys:
  1 record: what is known of the key
Arguments:
  1 holder: who claimed the key
Answer: 1, or 0 where another request holds the key and nothing was changed.
Guarantee: only who holds the key changes it: a slow request may have been overtaken by its own repeat.
]]
local record, holder = KEYS[1], ARGV[1]
if redis.call('HGET', record, 'holder') ~= holder then return 0 end
redis.call('HSET', record, 'busyUntil', 0)
return 1
