--[[
Asks for the verdict `committed`, and keeps what is to be published.

Keys:
  1 record: the job's hash
Arguments:
  1 token: the worker's name on the job's lock
  2 publication: what an attempt on another machine needs to know
Answer: the verdict, or 'lost' where the job is no longer ours or no longer there.
Guarantee: of this and end-early the first decides, once. Only who holds the job commits.
Includes: time, held-job, verdict
]]
local record, token, publication = KEYS[1], ARGV[1], ARGV[2]
local verdict = verdictOn(record)
if endsEarly(verdict) then return verdict end
if not isHeld(record, token) or hasEnded(record) then return 'lost' end
if verdict then
  redis.call('HSET', record, 'publication', publication)
else
  -- Redis's clock and not the worker's: another machine may end the job.
  local now = string.format('%.0f', nowMs())
  redis.call('HSET', record, 'verdict', 'committed', 'verdictAt', now, 'publication', publication)
end
return 'committed'
