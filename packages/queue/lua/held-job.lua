--[[
What an attempt may change of its job. One field of the job's hash for each start without an end, named after the worker's
token: a counter could not be put right by a worker that lost the job, and removing a field works in a full Redis, where writing
one does not.

Provides: isHeld, noteStart, startCount, endStart, forgetStarts
Includes: job-record
]]
local START_FIELD = 'start '

-- Whether there is such a job, and the worker with this token has it.
local function isHeld(record, token) return redis.call('EXISTS', record) == 1 and lockHolder(record) == token end

local function startFields(record)
  local starts = {}
  for _, field in ipairs(redis.call('HKEYS', record)) do
    if string.sub(field, 1, #START_FIELD) == START_FIELD then starts[#starts + 1] = field end
  end
  return starts
end

local function noteStart(record, token) redis.call('HSET', record, START_FIELD .. token, '1') end
local function startCount(record) return #startFields(record) end
local function endStart(record, token) return redis.call('HDEL', record, START_FIELD .. token) end
local function forgetStarts(record)
  for _, field in ipairs(startFields(record)) do redis.call('HDEL', record, field) end
end
