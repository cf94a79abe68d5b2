--[[
Takes one back from a counter of @fastify/rate-limit.

Keys:
  1 counter
Arguments: none
Answer: 0.
Guarantee: a counter whose window is over does not come back, since it would have no end; nor does it fall below nothing.
]]
local counter = KEYS[1]
if tonumber(redis.call('GET', counter) or '0') > 0 then redis.call('DECR', counter) end
return 0
