-- wrk's script: pauses before requests where a rate is wanted, and the result as one line of JSON.
local thinking = tonumber(os.getenv("THINKING"))

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
