--[[
Counts the bytes of a file in some counters, before the index has it, or before the index drops it.

Keys:
  1 file: its entry in the index
  * counters
Arguments:
  1 bytes: what the file has from now on; 0 where it is dropped
Answer: none.
Guarantee: counts the difference to what the index holds, so doing it twice counts once. A counter at 0 is no key.
]]
local file, bytes = KEYS[1], tonumber(ARGV[1])
local text = redis.call('GET', file)
local change = bytes - (text and cjson.decode(text).sizeBytes or 0)
if change == 0 then return end
for at = 2, #KEYS do
  local sum = tonumber(redis.call('GET', KEYS[at]) or '0') + change
  if sum > 0 then redis.call('SET', KEYS[at], string.format('%.0f', sum)) else redis.call('DEL', KEYS[at]) end
end
