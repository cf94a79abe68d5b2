--[[
Asks for the verdict `committed`, and keeps what is to be published.

Keys:
  1 record: the job's hash
Arguments:
  1 token: the worker's name on the job's lock
  2 publication: what an attempt on another machine needs to know
  3 expiresAt: when the time of the job is over, in epoch milliseconds; '' for a job that does not expire
Answer: the verdict, or 'lost' where the job is no longer ours or no longer there.
Guarantee: of this, begin-attempt and end-early the first decides, once. Only who holds the job commits, and not when its time is over.
Includes: held-job, verdict
]]
local record, token, publication, expiresAt = KEYS[1], ARGV[1], ARGV[2], ARGV[3]
local earlier = verdictOn(record)
if endsEarly(earlier) then return earlier end
if not isHeld(record, token) or hasEnded(record) then return 'lost' end
local verdict = verdictByNow(record, expiresAt) or giveVerdict(record, 'committed')
if verdict == 'committed' then redis.call('HSET', record, 'publication', publication) end
return verdict
