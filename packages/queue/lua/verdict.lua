--[[
The verdict on a job, which is given once (`core/src/job-state.ts`).

Provides: verdictOn, endsEarly
]]
-- False where none was given.
local function verdictOn(record) return redis.call('HGET', record, 'verdict') end
-- Whether the job has ended by it, whatever its worker still has to do.
local function endsEarly(verdict) return verdict == 'cancelled' or verdict == 'expired' end
