--[[
Writes a cookie set: its record, and its sealed cookies where they have changed.

Keys:
  1 sets: the records of the owner's sets by name
  2 jars: their sealed cookies by name
  3 owners: those who have sets
Arguments:
  1 owner
  2 name
  3 seen: the record as it was read; empty for whatever is there
  4 max: how many sets an owner may have
  5 lifetime: for how many milliseconds the sets are kept when nothing is written any more; 0: as long as they were kept before
  6 record
  7 sealed: empty where they stay as they are
Answer: 1; 0 where the record is another one by now, or where there are as many sets as allowed.
Guarantee: of two changes at once the second is refused, and reads again; never one set more than allowed.
]]
local sets, jars, owners = KEYS[1], KEYS[2], KEYS[3]
local owner, name, seen, max, lifetime, record, sealed =
  ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[6], ARGV[7]
local there = redis.call('HGET', sets, name)
if seen ~= '' then
  if there ~= seen then return 0 end
elseif not there and redis.call('HLEN', sets) >= max then
  return 0
end
redis.call('HSET', sets, name, record)
if sealed ~= '' then redis.call('HSET', jars, name, sealed) end
if lifetime > 0 then
  redis.call('PEXPIRE', sets, lifetime)
  redis.call('PEXPIRE', jars, lifetime)
end
redis.call('SADD', owners, owner)
return 1
