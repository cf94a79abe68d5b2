--[[
Keeps the answer to a request under its Idempotency-Key.

Keys:
  1 record: what is known of the key
Arguments:
  1 holder: who claimed the key
  2 answer: the answer as text
  3 lifetimeMs: how long it is kept
Answer: 1, or 0 where another request holds the key and nothing was changed.
Guarantee: only who holds the key changes it: a slow request may have been overtaken by its own repeat.
]]
local record, holder, answer, lifetimeMs = KEYS[1], ARGV[1], ARGV[2], ARGV[3]
if redis.call('HGET', record, 'holder') ~= holder then return 0 end
redis.call('HSET', record, 'answer', answer)
return redis.call('PEXPIRE', record, lifetimeMs)
