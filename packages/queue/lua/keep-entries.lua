--[[
Makes the table of a playlist last.

Keys:
  1 entries: the table of the playlist
  2 open: the numbers of its entries whose job has not ended
Arguments:
  1 lifetimeMs: how long it is kept from now on
  2 ended: 1 where the playlist has ended, 0 where it goes on
Answer: 1; 0 where there is no such table.
Guarantee: the time that begins with the end of a playlist begins once.
Includes: entry-table
]]
local entries, open, lifetimeMs = KEYS[1], KEYS[2], tonumber(ARGV[1])
if not isListed(entries) then return 0 end
if ARGV[2] == '1' then
  keepEnded(entries, open, lifetimeMs)
else
  keepFor(entries, open, lifetimeMs)
end
return 1
