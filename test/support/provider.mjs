// provider.mjs: one stand-in for every provider that conf/connectors/ knows. Each answers, below /NAME/, in the form that
// its documentation shows (replies made by hand, shortened), and misbehaves on demand. What was asked is kept.
import http from 'node:http'
import { replies } from './provider_replies.mjs'

export class Provider {
  static async start() {
    const p = new Provider()
    p.asked = [] // {name, method, path, query, headers, body}
    p.ways = new Map() // name -> how it misbehaves
    p.open = new Set()
    p.server = http.createServer((q, a) => p.take(q, a))
    p.server.on('connection', (socket) => { p.open.add(socket); socket.on('close', () => p.open.delete(socket)) })
    await new Promise((go) => p.server.listen(0, '127.0.0.1', go))
    p.port = p.server.address().port
    return p
  }

  base(name) { return `http://127.0.0.1:${this.port}/${name}` }

  of(name) { return this.asked.filter((q) => q.name === name) }

  stop() {
    for (const socket of this.open) socket.destroy()
    return new Promise((go) => this.server.close(go))
  }

  take(q, a) {
    const parts = []
    q.on('data', (d) => parts.push(d))
    q.on('end', () => {
      const url = new URL(q.url, 'http://x'), [, name, ...rest] = url.pathname.split('/')
      const ask = { name, method: q.method, path: '/' + rest.join('/'), query: url.searchParams, headers: q.headers,
        body: Buffer.concat(parts).toString() }
      this.asked.push(ask)
      this.answer(ask, a)
    })
  }

  answer(ask, a) {
    const way = this.ways.get(ask.name)
    if (typeof way === 'function') return way(ask, a)
    if (way) return ways[way](a)
    const rows = replies[ask.name] ?? []
    const row = rows.find(([path]) => (typeof path === 'string' ? ask.path === path : path.test(ask.path)))
    if (!row) return say(a, 404, `no ${ask.path}`, 'text/plain')
    const value = typeof row[1] === 'function' ? row[1](ask) : row[1]
    if (typeof value === 'string') return say(a, 200, value, row[2] ?? 'application/xml')
    say(a, value.status ?? 200, JSON.stringify(value.status ? value.body : value), 'application/json')
  }
}

export function say(a, status, body, type = 'application/json') {
  a.writeHead(status, { 'Content-Type': type })
  a.end(body)
}

// What a provider can do to us.
const ways = {
  busy: (a) => say(a, 503, '{}'),
  refused: (a) => say(a, 401, '{"error":"invalid key"}'),
  error: (a) => say(a, 500, 'oops', 'text/plain'),
  silent: () => {},
  garbage: (a) => say(a, 200, '<html>captcha</html>', 'text/html'),
  list: (a) => say(a, 200, '[1,2,3]'),
  empty: (a) => say(a, 200, '{}'),
  deep: (a) => say(a, 200, '['.repeat(5000) + ']'.repeat(5000)),
  types: (a) => say(a, 200, JSON.stringify({ current: { temperature_2m: { a: 1 } }, daily: { time: 'x' }, hourly: [] })),
  redirect: (a) => { a.writeHead(302, { Location: 'http://127.0.0.1:22/' }); a.end() },
  reset: (a) => { a.writeHead(200, { 'Content-Length': 1000 }); a.write('{"current":'); setTimeout(() => a.destroy(), 20) },
  endless: (a) => {
    a.writeHead(200, { 'Content-Type': 'application/json' })
    a.on('error', () => {})
    const more = () => { while (!a.destroyed && a.write(' '.repeat(65536))); if (!a.destroyed) a.once('drain', more) }
    more()
  },
}
