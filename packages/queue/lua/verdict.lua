--[[
The verdict on a job, which is given once (`core/src/job-state.ts`).

Provides: verdictOn, endsEarly, giveVerdict, verdictByNow
Includes: time, job-record
]]
-- False where none was given.
local function verdictOn(record) return redis.call('HGET', record, 'verdict') end
-- Whether the job has ended by it, whatever its worker still has to do.
local function endsEarly(verdict) return verdict == 'cancelled' or verdict == 'expired' end

-- Only where there is none. Redis's clock and not that of a worker: another machine may end the job.
local function giveVerdict(record, verdict)
  -- Who drains the job writes its own reason over that of the last attempt.
  local failure = verdict == 'expired' and failureOf(record)
  if failure then redis.call('HSET', record, 'failureBefore', failure) end
  redis.call('HSET', record, 'verdict', verdict, 'verdictAt', string.format('%.0f', nowMs()))
  return verdict
end

-- The verdict that holds now: where none was given and the time of the job is over, it is `expired`. `expiresAt`: epoch milliseconds;
-- '' for a job that does not expire.
local function verdictByNow(record, expiresAt)
  local verdict = verdictOn(record)
  if verdict or expiresAt == '' or nowMs() < tonumber(expiresAt) then return verdict end
  return giveVerdict(record, 'expired')
end
