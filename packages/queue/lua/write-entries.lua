--[[
Writes down what a list holds, once.

Keys:
  1 entries: the table of the playlist
  2 open: the numbers of its entries whose job has not ended
Arguments:
  1 lifetimeMs: how long the table is kept; 0 for ever
  2 facts: JSON of what is known of the list
  * rows: for each entry its JSON and, where it gets no job, the JSON of why, else ''
Answer: 1; 0 where a list was written down before, which stands.
Guarantee: all of it or nothing.
Includes: time, entry-table
]]
local entries, open, lifetimeMs, facts = KEYS[1], KEYS[2], tonumber(ARGV[1]), ARGV[2]
if isListed(entries) then return 0 end
local now = nowMs()
local total = 0
for at = 3, #ARGV, 2 do
  redis.call('HSET', entries, 'e' .. total, ARGV[at])
  if ARGV[at + 1] ~= '' then
    redis.call('HSET', entries, 'o' .. total, ARGV[at + 1])
    redis.call('HINCRBY', entries, 'c skipped', 1)
  end
  total = total + 1
end
redis.call('HSET', entries, 'facts', facts, 'total', total, 'next', 0, 'changedAt', string.format('%.0f', now))
keepFor(entries, open, lifetimeMs)
return 1
