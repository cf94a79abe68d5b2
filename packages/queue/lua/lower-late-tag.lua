--[[
Lowers the tag of a job that was admitted before all tags were moved down and made after that.

Keys:
  1 prefix: what BullMQ's keys of the queue begin with
Arguments:
  1 id
  2 tag: the one that the admission gave
  3 amount: by how much tags were moved down since then
Answer: 1, or 0 where nothing was changed.
Guarantee: whoever changed the priority meanwhile knew better (a cancel, a retry, tags that were moved down with the job).
Includes: job-queue
]]
local prefix, id, tag, amount = KEYS[1], ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
if priorityOf(prefix .. id) ~= tag then return 0 end
lowerJob(prefix, id, amount)
return 1
