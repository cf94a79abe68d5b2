--[[
Reads jobs.

Keys:
  * records: the hashes of jobs
Arguments:
  1 resultAt: which of the fields is the result
  2 delayAt: which of the fields says whether the job was ever delayed
  3 brief: 1 leaves the results of all jobs but downloads away, and of a download all files but the first
  * fields: what is read of each hash
Answer: for each job the fields; whether it is locked and whether it has a result, 1 or 0; of a job that waits for a time its score.
Guarantee: each job is read at one instant, so none is seen between two states. Changes nothing.
Includes: job-record
]]
local resultAt, delayAt, brief = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3] == '1'
local fields = {unpack(ARGV, 4)}
-- A field that no job has.
if brief then fields[resultAt] = '-' end
-- The other files stand last in the result of a download (contracts/src/job-results.ts; `files` is of earlier releases). In a
-- JSON text a quotation mark of a title has a backslash before it, so these marks are found only where a field begins.
local function withFirstFile(result)
  for _, mark in ipairs({',"others":[', ',"files":['}) do
    local at = result and string.find(result, mark, 1, true)
    if at then return string.sub(result, 1, at - 1) .. '}' end
  end
  return result
end
local rows = {}
for at, record in ipairs(KEYS) do
  local row = redis.call('HMGET', record, unpack(fields))
  -- A list shows the name of the first file.
  if brief and string.find(record, ':download:', 1, true) then row[resultAt] = withFirstFile(resultOf(record)) end
  local delay = row[delayAt]
  row[#fields + 1] = isLocked(record) and 1 or 0
  row[#fields + 2] = hasResult(record) and 1 or 0
  -- Only a job that has a delay is looked for among the delayed ones.
  if delay and delay ~= '0' then row[#fields + 3] = delayedScore(record) end
  rows[at] = row
end
return rows
