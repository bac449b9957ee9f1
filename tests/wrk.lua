-- wrk's script: pauses before requests where a rate is wanted, several pages in turn where they are named, and the
-- result as one line of JSON.
local thinking = tonumber(os.getenv("THINKING"))
local paths, turn = {}, 0

for path in string.gmatch(os.getenv("PATHS") or "", "%S+") do
  paths[#paths + 1] = path
end

if #paths > 0 then
  function request()
    turn = turn % #paths + 1
    return wrk.format(nil, paths[turn])
  end
end

if thinking > 0 then
  function delay()
    return math.floor(-thinking * math.log(1 - math.random()) + 0.5)
  end
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "rate": %.2f, "refused": %d, "broken": %d, "p50": %.3f, "p90": %.3f, "p99": %.3f}\n',
    summary.requests, summary.requests / summary.duration * 1e6, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(90) / 1000, latency:percentile(99) / 1000))
end
