--[[
A step of a job that goes in steps has come to its end, and the job waits for the next one.

Keys:
  1 record: the job's hash
  2 list: the jobs of its owner
  3 unfinished: the unfinished jobs of its client in this queue
Arguments:
  1 token: the worker's name on the job's lock
  2 id
  3 waitMs: for how long the job will wait
  4 lifetimeMs: how long a job stays in the list; 0 for ever
Answer: 1, or 0 where the job is no longer ours and nothing was changed.
Guarantee: only who holds the job changes it. Its starts are forgotten: a step that ends shows that the job does not kill its workers. It
stays in the list and counts against the limits of its client, however many steps it takes.
Includes: held-job, long-wait
]]
local record, list, unfinished, token, id = KEYS[1], KEYS[2], KEYS[3], ARGV[1], ARGV[2]
local waitMs, lifetimeMs = tonumber(ARGV[3]), tonumber(ARGV[4])
if not isHeld(record, token) then return 0 end
forgetStarts(record)
outlast(list, unfinished, id, waitMs, lifetimeMs)
return 1
