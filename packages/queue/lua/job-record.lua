--[[
BullMQ's private form, as far as scripts depend on it: one job, by the key of its hash. The names are also in
src/bullmq-form.ts; test/bullmq-form.test.ts compares both with what the pinned version of BullMQ writes.

Provides: isMade, hasEnded, lockHolder, isLocked, extendLock, attemptsEnded, failureOf, forgetFailure, writeProgress, hasResult, resultOf, delayedScore, waitsInTurn, priorityOf, writePriority
]]
local function isMade(record) return redis.call('HEXISTS', record, 'timestamp') == 1 end
local function hasEnded(record) return redis.call('HEXISTS', record, 'finishedOn') == 1 end

-- The token of the worker that holds the job; false when nobody does.
local function lockHolder(record) return redis.call('GET', record .. ':lock') end
local function isLocked(record) return redis.call('EXISTS', record .. ':lock') == 1 end
-- By a command that a full Redis allows. BullMQ renews a lock by writing it again, which a full Redis refuses.
local function extendLock(record, ms) return redis.call('PEXPIRE', record .. ':lock', ms) end

local function attemptsEnded(record) return tonumber(redis.call('HGET', record, 'atm') or '0') end
-- Why the last attempt failed; false where none did.
local function failureOf(record) return redis.call('HGET', record, 'failedReason') end
local function forgetFailure(record) redis.call('HDEL', record, 'failedReason') end
local function writeProgress(record, json) redis.call('HSET', record, 'progress', json) end
local function hasResult(record) return redis.call('HEXISTS', record, 'returnvalue') == 1 end
local function resultOf(record) return redis.call('HGET', record, 'returnvalue') end

local function scoreIn(set, record)
  local queue, id = string.match(record, '^(.*:)([^:]+)$')
  return redis.call('ZSCORE', queue .. set, id)
end
-- False for a job that does not wait for a time.
local function delayedScore(record) return scoreIn('delayed', record) end
-- Whether a worker takes it when those before it have been taken; false for one that goes ahead of all others.
local function waitsInTurn(record) return scoreIn('prioritized', record) ~= false end

-- 0 for a job that goes ahead of all others.
local function priorityOf(record) return tonumber(redis.call('HGET', record, 'priority') or '0') end
local function writePriority(record, priority) redis.call('HSET', record, 'priority', priority) end
