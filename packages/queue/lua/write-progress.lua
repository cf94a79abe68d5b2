--[[
Writes the progress of a job, and tells its followers.

Keys:
  1 record: the job's hash
Arguments:
  1 token: the worker's name on the job's lock
  2 progress: JSON
  3 channel: where its followers listen
Answer: 1, or 0 where the job is no longer ours and nothing was changed.
Guarantee: only who holds the job changes it. The revision grows with the change, and before it is published.
Includes: held-job
]]
local record, token, progress, channel = KEYS[1], ARGV[1], ARGV[2], ARGV[3]
if not isHeld(record, token) then return 0 end
writeProgress(record, progress)
redis.call('HINCRBY', record, 'revision', 1)
redis.call('PUBLISH', channel, '')
return 1
