// candidates.mjs: the configurations of the servers that gateway.mjs compares: each answers /api/ip with
// about the same bytes and headers, from two worker processes or threads, and logs no request.
//
// A candidate is { name, words, folder, files }: what starts it, where, and what must stand there before.
import path from 'node:path'
import crypto from 'node:crypto'

const WORKERS = 2
const MODULES = '/usr/lib/nginx/modules'
const RATE = 1000000, DAY = 4000000000, MONTH = 4000000000 // limits that are checked and never reached

const HEADERS = [
  ['X-Request-Id', '7530263713906950144'],
  ['RateLimit-Policy', '"rate";q=1000000;w=1, "day";q=4000000000;w=86400, "month";q=4000000000;w=2592000'],
  ['RateLimit', '"rate";r=999999;t=1, "day";r=3999990000;t=43200, "month";r=3999990000;t=1296000'],
  ['X-Content-Type-Options', 'nosniff'],
]

function nginx({ folder, user, modules = [], http, server, port }) {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return [
    user ? `user ${user};` : '',
    ...modules.map((file) => `load_module ${file};`),
    `worker_processes ${WORKERS};`,
    'daemon off;', 'pid state/nginx.pid;', 'error_log stderr warn;',
    'events { worker_connections 4096; }',
    'http {',
    '  access_log off; keepalive_requests 1000000; server_tokens off;',
    ...temporary.map((name) => `  ${name}_temp_path ${folder}/state/${name};`),
    `  ${http}`,
    `  server { listen 127.0.0.1:${port}; ${server} }`,
    '}', '',
  ].filter(Boolean).join('\n')
}

function nginxCandidate(name, options) {
  const { folder } = options
  const words = ['nginx', '-p', folder, '-c', path.join(folder, 'nginx.conf')]
  return { name, folder, words, port: options.port, files: { 'nginx.conf': nginx(options), ...options.files } }
}

export function ours({ name, folder, build, port, user }) {
  return nginxCandidate(name, {
    folder, port, user,
    modules: [path.join(build, 'ngx_http_alapi_module.so')],
    http: `alapi_catalogue state/catalogue.map; alapi_ledger state/ledger.map; alapi_token_key state/keys/token.key;
  alapi_data ${build}/data; alapi_worker state/worker.sock;
  client_max_body_size 1m; client_body_buffer_size 1025k; client_body_in_single_buffer on;`,
    server: `error_page 400 404 405 408 413 414 431 494 500 502 503 504 /-/refusal;
    location /api/ { alapi; } location /v2/api/ { alapi; } location = /openapi.json { alapi; }
    location = /-/refusal { internal; alapi_refusal; }`,
  })
}

// The floor: nginx that does nothing but answer.
export function nginxReturn({ folder, port, user, body }) {
  return nginxCandidate('nginx return 200', {
    folder, port, user, http: '',
    server: `location /api/ip { default_type "application/json; charset=utf-8";
    ${HEADERS.map(([name, value]) => `add_header ${name} '${value}';`).join('\n    ')}
    return 200 '${body}'; }`,
  })
}

// The plain token is looked up in a map; rate, day and month stand in a stick table under the token.
export function haproxy({ folder, port, user, body, tokens }) {
  const answer = body.replace(/"ip":"[^"]*"/, '"ip":"%[url_param(ip)]"').replace(/"time":\d+/, '"time":%[date]')
  const quoted = (text) => `"${text.replaceAll('"', '\\"')}"`
  const config = `global
  nbthread ${WORKERS}
  maxconn 4096
${user ? `  user ${user}\n` : ''}defaults
  mode http
  timeout client 60s
  timeout server 60s
  timeout connect 5s
  timeout http-keep-alive 60s
backend windows
  stick-table type string len 69 size 1500k expire 1d store http_req_rate(1s),gpc(2)
frontend api
  bind 127.0.0.1:${port}
  http-request deny deny_status 404 unless { path /api/ip }
  http-request deny deny_status 401 unless { url_param(token),map(${folder}/tokens.map) -m found }
  http-request track-sc0 url_param(token) table windows
  http-request sc-inc-gpc(0,0)
  http-request sc-inc-gpc(1,0)
  http-request deny deny_status 429 if { sc_http_req_rate(0) gt ${RATE} }
  http-request deny deny_status 429 if { sc_get_gpc(0,0) gt ${DAY} } || { sc_get_gpc(1,0) gt ${MONTH} }
  http-request return status 200 content-type "application/json; charset=utf-8"${HEADERS.map(([name, value]) => ` hdr ${name} ${quoted(value)}`).join('')} lf-string ${quoted(answer)}
`
  const words = ['haproxy', '-db', '-q', '-f', path.join(folder, 'haproxy.cfg')]
  const files = { 'haproxy.cfg': config, 'tokens.map': tokens.map((token) => `${token} 1\n`).join('') }
  return { name: 'HAProxy', folder, words, port, files }
}

// What one writes with OpenResty: digests in a shared dictionary, GCRA and the windows by incr.
const LUA = `
local tokens, windows = ngx.shared.tokens, ngx.shared.windows
local hmac, exit, args = ngx.hmac_sha1, ngx.exit, ngx.req.get_uri_args
local interval, burst = 1 / ${RATE}, 1
local head, middle, tail = HEAD, MIDDLE, TAIL
local _M = {}
function _M.run()
  local query, now = args(), ngx.now()
  local token = query.token
  if not token or #token ~= 68 then return exit(401) end
  local id = token:sub(10, 19)
  if tokens:get(id) ~= hmac(_M.key, token) then return exit(401) end
  local due = windows:incr("r" .. id, interval, now)
  if due < now then windows:set("r" .. id, now + interval)
  elseif due > now + burst then windows:incr("r" .. id, -interval) return exit(429) end
  local day = math.floor(now / 86400)
  local used = windows:incr("d" .. id .. day, 1, 0)
  local used_month = windows:incr("m" .. id .. math.floor(day / 30), 1, 0)
  if used > ${DAY} or used_month > ${MONTH} then return exit(429) end
  local header = ngx.header
  header["Content-Type"] = "application/json; charset=utf-8"
HEADERS
  local answer = head .. query.ip .. middle .. math.floor(now) .. tail
  header["Content-Length"] = #answer
  ngx.print(answer)
end
return _M
`

export function lua({ folder, port, user, body, tokens }) {
  const [, head, middle, tail] = /^(.*"ip":")[^"]*(".*"time":)\d+(.*)$/.exec(body)
  const key = crypto.randomBytes(32).toString('hex')
  const script = LUA.replace('HEAD,', () => `[==[${head}]==],`).replace('MIDDLE,', () => `[==[${middle}]==],`)
    .replace('TAIL', () => `[==[${tail}]==]`).replace('_M = {}', `_M = { key = "${key}" }`)
    .replace('HEADERS', () => HEADERS.map(([name, value]) => `  header["${name}"] = '${value}'`).join('\n'))
  return nginxCandidate('nginx + Lua', {
    folder, port, user,
    modules: [`${MODULES}/ndk_http_module.so`, `${MODULES}/ngx_http_lua_module.so`],
    files: { 'gate.lua': script, 'tokens.txt': tokens.join('\n') },
    http: `lua_shared_dict tokens 256m; lua_shared_dict windows 256m; lua_package_path '${folder}/?.lua;;';
  init_by_lua_block {
    local gate = require "gate"
    for token in io.lines("${folder}/tokens.txt") do
      assert(ngx.shared.tokens:safe_set(token:sub(10, 19), ngx.hmac_sha1(gate.key, token)))
    end
  }`,
    server: 'location /api/ip { content_by_lua_block { require("gate").run() } }',
  })
}
