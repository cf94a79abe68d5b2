--[[
Names jobs whose time is over.

Keys:
  1 deadlines: the jobs that expire, by when
Arguments:
  1 max: how many are named
Answer: id and milliseconds since then, in turns, the oldest first.
Guarantee: changes nothing.
Includes: time
]]
local deadlines, max = KEYS[1], ARGV[1]
local now = nowMs()
local due = redis.call('ZRANGEBYSCORE', deadlines, '-inf', string.format('%.0f', now), 'WITHSCORES', 'LIMIT', 0, max)
local named = {}
for at = 1, #due, 2 do
  named[at] = due[at]
  named[at + 1] = now - tonumber(due[at + 1])
end
return named
