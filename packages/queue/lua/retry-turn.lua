--[[
Gives a job that will be tried again a new tag, as a new job of its client would get.

Keys:
  1 clock: the tag last started
  2 tags: the last tag of each client
  3 record: the job's hash
Arguments:
  1 client: whom the job counts for
  2 tagMax: no tag is larger
  3 token: the worker's name on the job's lock
Answer: the tag; 0 where another worker has taken the job meanwhile, and nothing was changed.
Guarantee: only who holds the job changes it.
Includes: job-record
]]
local clock, tags, record = KEYS[1], KEYS[2], KEYS[3]
local client, tagMax, token = ARGV[1], tonumber(ARGV[2]), ARGV[3]
if lockHolder(record) ~= token then return 0 end
local last = tonumber(redis.call('ZSCORE', tags, client) or '-1')
local virtual = tonumber(redis.call('GET', clock) or '0')
local tag = math.min(math.max(last + 2, virtual + 1), tagMax)
redis.call('ZADD', tags, tag, client)
writePriority(record, tag)
return tag
