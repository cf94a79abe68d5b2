--[[
An attempt that ended in order shows that the job does not kill its workers, so all its starts are forgotten.

Keys:
  1 record: the job's hash
Arguments:
  1 token: the worker's name on the job's lock
Answer: 1, or 0 where the job is no longer ours and nothing was changed.
Guarantee: only who holds the job changes it. Works in a full Redis.
Includes: held-job
]]
local record, token = KEYS[1], ARGV[1]
if not isHeld(record, token) then return 0 end
forgetStarts(record)
return 1
