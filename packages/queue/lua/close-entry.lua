--[[
Writes down how the job of an entry of a playlist has ended, or that it will have none.

Keys:
  1 entries: the table of the playlist
  2 open: the numbers of its entries whose job has not ended
Arguments:
  1 at: the number of the entry
  2 state: its state
  3 outcome: JSON of state and code
  4 lifetimeMs: how long the table of a playlist that goes on is kept
Answer: 1; 0 where its end is known already, or there is no such table.
Guarantee: the first end stands and is counted once, however often and by whomever it is reported.
Includes: time, entry-table
]]
local entries, open, at, state, outcome = KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3]
local lifetimeMs = tonumber(ARGV[4])
if not isListed(entries) then return 0 end
local closed = closeEntry(entries, open, at, state, outcome, nowMs())
keepFor(entries, open, lifetimeMs)
return closed
