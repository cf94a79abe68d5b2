--[[
Writes down what a list holds, once.

Keys:
  1 entries: the table of the playlist
  2 open: the numbers of its entries whose job has not ended
  3 record: the hash of the playlist's job
Arguments:
  1 lifetimeMs: how long the table is kept
  2 facts: JSON of what is known of the list
  * rows: for each entry its JSON and, where it gets no job, the JSON of why, else ''
Answer: 1; 0 where a list was written down before, which stands, or the playlist is gone.
Guarantee: all of it or nothing, and once: the record says that it was done, also where the table is lost.
Includes: time, entry-table, job-record
]]
local entries, open, record, lifetimeMs, facts = KEYS[1], KEYS[2], KEYS[3], tonumber(ARGV[1]), ARGV[2]
if not isMade(record) or redis.call('HSETNX', record, 'listRead', '1') == 0 then return 0 end
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
redis.call('HSET', entries, 'facts', facts, 'total', total, 'changedAt', string.format('%.0f', now))
advance(entries, 0)
keepFor(entries, open, lifetimeMs)
return 1
