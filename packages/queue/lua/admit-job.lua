--[[
Admits a job: limits, the client's slots, the fair tag, the entry in the owner's list of jobs, the time at which it expires.

Keys:
  1 record: the job's hash, which BullMQ makes afterwards
  2 list: the jobs of its owner
  3 slots: the unfinished downloads and playlists of its client
  4 unfinished: the unfinished jobs of its client in this queue
  5 answer: is there while the answer to the job is probably cached
  6 tags: the last tag of each client of the queue
  7 clock: the tag last started
  8 lowerings: by how much all tags have been moved down so far
  9 serviceRate: how fast the queue is
  10 deadlines: the jobs that expire, by when
  11 overdue: the jobs that have ended early, or whose time is over, and that BullMQ has not ended
Arguments:
  1 id
  2 client: whom the job counts for
  3 prefix: what BullMQ's keys of the queue begin with
  4 slotsMax: how many of those it may have; 0 for no limit
  5 clientWaitingMax: waiting jobs of the client; 0 for no limit
  6 waitingMax: waiting jobs of the queue; 0 for no limit
  7 onTheirWay: jobs that are admitted and perhaps not yet made
  8 lifetimeMs: how long the job stays in the list; 0 for ever
  9 graceMs: how long a place counts without its job
  10 tagMax: tags beyond it are moved down
  11 unknownWaitMs: the answer to how long a client should wait, where nothing is known
  12 expiresInMs: how long the job is of use; 0 for ever
  * holders: what BullMQ's keys of the queues begin with whose jobs may hold a place
Answer: {'admitted', tag, lowerings, when it expires in epoch milliseconds or 0 for never}; {'made', 0, 0, 0} where the job is there already; or
  {the limit, milliseconds to wait, 0, 0}.
Guarantee: all of it or nothing. The same id again is counted once. A refusal changes nothing but what had ended.
Includes: time, slots, fair-tags
]]
local record, list, slots, unfinished, answer = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local tags, clock, lowerings, serviceRate, deadlines, overdue = KEYS[6], KEYS[7], KEYS[8], KEYS[9], KEYS[10], KEYS[11]
local id, client, prefix = ARGV[1], ARGV[2], ARGV[3]
local slotsMax, clientWaitingMax, waitingMax = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local onTheirWay, lifetimeMs, graceMs = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
local tagMax, unknownWaitMs = tonumber(ARGV[10]), tonumber(ARGV[11])
local expiresInMs = tonumber(ARGV[12])
local holders = {unpack(ARGV, 13)}
local now = nowMs()

-- An estimate from what was seen: the mean time between two starts, or the time since the last one when that is longer.
local function untilNext()
  local seen = redis.call('HMGET', serviceRate, 'mean', 'last')
  if not seen[2] then return unknownWaitMs end
  return math.floor(math.max(tonumber(seen[1] or '0'), now - tonumber(seen[2])))
end
-- Clients that have jobs waiting take turns.
local function untilOwnTurn() return untilNext() * math.max(1, redis.call('ZCARD', tags)) end

-- Never for less than what is left: a job that waits for its stream may need longer.
local function keep(set)
  if redis.call('PTTL', set) < lifetimeMs then redis.call('PEXPIRE', set, lifetimeMs) end
end

-- A request that is repeated brings the id of a job that was made already.
if isMade(record) then return {'made', 0, 0, 0} end
if waitingMax > 0 and waitingCount(prefix) + onTheirWay >= waitingMax then return {'queue_full', untilNext(), 0, 0} end
local job = {id = id, prefix = prefix, now = now, graceMs = graceMs, slots = slots, unfinished = unfinished}
job.holders = holders
local refusal = takeSlots(job, slotsMax, clientWaitingMax)
if refusal then return {refusal, untilOwnTurn(), 0, 0} end

local queue = {prefix = prefix, tagMax = tagMax, tags = tags, clock = clock, lowerings = lowerings}
local tag = takeTag(queue, client, redis.call('EXISTS', answer) == 1)
redis.call('ZADD', list, now, id)
-- Asked for again after a crash, it has no more time than at first.
local function expiry()
  if expiresInMs == 0 then return 0 end
  if redis.call('ZSCORE', overdue, id) then return now end
  redis.call('ZADD', deadlines, 'NX', now + expiresInMs, id)
  return tonumber(redis.call('ZSCORE', deadlines, id))
end
if lifetimeMs > 0 then
  redis.call('ZREMRANGEBYSCORE', list, '-inf', now - lifetimeMs)
  keep(list)
  if clientWaitingMax > 0 then keep(unfinished) end
end
return {'admitted', tag, tonumber(redis.call('GET', lowerings) or '0'), expiry()}
