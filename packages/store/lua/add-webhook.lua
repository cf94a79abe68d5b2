--[[
Adds a registration of a webhook.

Keys:
  1 webhook: the registration
  2 webhooks: the registrations of its owner
Arguments:
  1 max: how many an owner may have
  2 id
  3 createdAt
  * fields: names and values of the registration, by turns
Answer: 1, or 0 where the owner has that many.
Guarantee: never one more than allowed, however many are added at once.
]]
local webhook, webhooks = KEYS[1], KEYS[2]
local max, id, createdAt = tonumber(ARGV[1]), ARGV[2], ARGV[3]
if redis.call('ZCARD', webhooks) >= max then return 0 end
redis.call('HSET', webhook, unpack(ARGV, 4))
redis.call('ZADD', webhooks, createdAt, id)
return 1
