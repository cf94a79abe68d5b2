--[[
Finds out how a job that has to be drained goes to the front.

Keys:
  1 record: the job's hash
Arguments: none
Answer: 'waits in turn', 'waits for a time', or 'neither'.
Guarantee: one that waits for a time goes ahead of all others once it is woken. The cost does not depend on how many jobs wait.
Includes: job-record
]]
local record = KEYS[1]
if waitsInTurn(record) then return 'waits in turn' end
-- One that a worker holds goes to the front as soon as it is given back.
if not delayedScore(record) then
  if isMade(record) and not hasEnded(record) then writePriority(record, 0) end
  return 'neither'
end
writePriority(record, 0)
return 'waits for a time'
