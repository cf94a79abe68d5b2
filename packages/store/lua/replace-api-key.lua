--[[
Replaces the record of an API key.

Keys:
  1 record
Arguments:
  1 seen: the record as it was read
  2 changed: the record as it shall be
Answer: 1, or 0 where it was changed meanwhile.
Guarantee: of two changes at once the second is refused, and reads again.
]]
local record, seen, changed = KEYS[1], ARGV[1], ARGV[2]
if redis.call('GET', record) ~= seen then return 0 end
redis.call('SET', record, changed)
return 1
