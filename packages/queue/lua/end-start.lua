--[[
An attempt has come to an end, and its job goes back.

Keys:
  1 record: the job's hash
Arguments:
  1 token: the worker's name on the job's lock
Answer: 1, or 0 where the start was not counted any more.
Guarantee: the attempt's own start and no other, whoever holds the job by now. Works in a full Redis.
Includes: held-job
]]
local record, token = KEYS[1], ARGV[1]
return endStart(record, token)
