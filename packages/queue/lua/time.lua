--[[
The clock. Gateways and workers differ; Redis has one.

Provides: nowMs
]]
-- Epoch milliseconds.
local function nowMs()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end
