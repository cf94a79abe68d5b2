--[[
Writes down that an entry of a playlist has a job.

Keys:
  1 entries: the table of the playlist
  2 open: the numbers of its entries whose job has not ended
Arguments:
  1 at: the number of the entry
  2 lifetimeMs: how long the table of a playlist that goes on is kept
Answer: 1; 0 where the entry has ended already, or there is no such table.
Guarantee: repeating it changes nothing.
Includes: time, entry-table
]]
local entries, open, at, lifetimeMs = KEYS[1], KEYS[2], ARGV[1], tonumber(ARGV[2])
if not isListed(entries) or hasOutcome(entries, at) then return 0 end
openEntry(entries, open, at, nowMs())
keepFor(entries, open, lifetimeMs)
return 1
