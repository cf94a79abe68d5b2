--[[
Takes an owner who has no cookie sets any more off the list of those who have.

Keys:
  1 sets: the records of the owner's sets by name
  2 owners: those who have sets
Arguments:
  1 owner
Answer: 1; 0 where there are sets.
Guarantee: an owner whose first set is stored at this moment is on the list afterwards.
]]
local sets, owners = KEYS[1], KEYS[2]
local owner = ARGV[1]
if redis.call('EXISTS', sets) == 1 then return 0 end
redis.call('SREM', owners, owner)
return 1
