-- Random ones out of a file of "host path" lines: wrk -s random_addresses.lua … -- FILE PAUSE, the pause between two requests of a
-- connection in milliseconds.
local threads = 0
function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

local asked, pause = {}, 0
function init(args)
  math.randomseed(os.time() * 10 + number)
  pause = tonumber(args[2])
  for line in io.lines(args[1]) do
    local host, path = line:match("^(%S+) (.+)$")
    asked[#asked + 1] = "GET " .. path .. " HTTP/1.1\r\nHost: " .. host .. "\r\nAccept-Encoding: gzip\r\n\r\n"
  end
  if pause > 0 then
    delay = function() return math.random(0, 2 * pause) end
  end
end

function request()
  return asked[math.random(#asked)]
end
