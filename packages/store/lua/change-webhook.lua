--[[
Changes some fields of a registration of a webhook.

Keys:
  1 webhook: the registration
Arguments:
  * fields: names and values, by turns
Answer: 1, or 0 where there is no such registration.
Guarantee: a registration that was deleted meanwhile does not come back as half a hash.
]]
local webhook = KEYS[1]
if redis.call('EXISTS', webhook) == 0 then return 0 end
redis.call('HSET', webhook, unpack(ARGV))
return 1
