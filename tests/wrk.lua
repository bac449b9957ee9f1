-- wrk's script: pauses before requests, several pages in turn where they are named, the result as one line of JSON.
local pause = tonumber(os.getenv("PAUSE"))
local paths, turn = {}, 0

for path in string.gmatch(os.getenv("PATHS"), "%S+") do
  paths[#paths + 1] = path
end

if #paths > 0 then
  function request()
    turn = turn % #paths + 1
    return wrk.format(nil, paths[turn])
  end
end

if pause > 0 then
  function delay()
    return math.floor(-pause * math.log(1 - math.random()) + 0.5)
  end
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "rate": %.2f, "refused": %d, "broken": %d, "p50": %.3f, "p99": %.3f}\n',
    summary.requests, summary.requests / summary.duration * 1e6, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
