// closed_life.mjs: what closed.test.mjs runs where the network is closed: a person's whole life, the canary's, the
// prober's look; then how many packets the kernel had no way for. Prints one JSON object.
import assert from 'node:assert/strict'
import dgram from 'node:dgram'
import fs from 'node:fs'
import { Person, Server, until } from './server.mjs'

const lived = []
const step = async (name, work) => { const value = await work(); lived.push(name); return value }

// Packets without a way out, of both families.
function elsewhere() {
  const [names, values] = fs.readFileSync('/proc/net/snmp', 'utf8').split('\n').filter((l) => l.startsWith('Ip: '))
    .map((l) => l.split(' '))
  const v6 = fs.existsSync('/proc/net/snmp6') ? /^Ip6OutNoRoutes\s+(\d+)/m.exec(fs.readFileSync('/proc/net/snmp6', 'utf8')) : null
  return Number(values[names.indexOf('OutNoRoutes')]) + Number(v6?.[1] ?? 0)
}

const devices = () => fs.readFileSync('/proc/net/dev', 'utf8').split('\n').slice(2).filter((l) => l.trim())
  .map((l) => { const [name, numbers] = l.trim().split(':'); return { name, packets: Number(numbers.trim().split(/\s+/)[1]) } })

const send = (type, address) => new Promise((done) => {
  const socket = dgram.createSocket(type)
  socket.send('x', 9, address, () => { socket.close(); done() })
})

const ok = (a, ...wanted) => { assert.ok(wanted.includes(a.status), `${a.status} ${a.raw}`); return a }

async function live(server) {
  const p = new Person(server, 'closed_person', 'closed@example.com')
  await step('register', async () => ok(await p.register(), 201))
  await step('log in', async () => ok(await p.login(), 200))
  const token = await step('token', () => p.token())
  const { apis } = (await server.get('/status.json')).json
  const inside = ['pinyin', 'uuid', 'lunar', 'qr', 'markdown', 'ip']
  for (const path of inside.filter((name) => apis.some((a) => a.path === `/api/${name}`)))
    await step(`call ${path}`, () => server.call(path, { word: '你好', text: 'x', date: '2024-12-12', content: 'x', ip: '8.8.8.8' }, token))
  await step('usage', async () => until(async () => (await p.ask('GET', '/account/usage?by=api')).json.calls > 0, 'the calls to be counted'))
  await step('correct', async () => ok(await p.ask('PATCH', '/account', { username: 'closed_person_2' }), 200))
  await step('consent', async () => ok(await p.ask('POST', '/account/consents', { purpose: 'news', act: 'agree' }), 201))
  await step('export', async () => ok(await p.ask('GET', '/account/export'), 200))
  await step('feedback', async () => ok(await p.ask('POST', '/feedback', { kind: 'question', text: 'Is anybody there?' }), 201))
  for (const page of ['/', '/policy', '/cookies', '/transparency', '/status', '/feedback'])
    await step(`page ${page}`, async () => ok(await server.get(page), 200))
  await step('cancel', async () => ok(await p.ask('DELETE', '/account', { password: p.password }), 200))
}

const server = await Server.start()
try {
  await live(server)
  await step('canary', () => { const run = server.alapi('canary'); assert.equal(run.code, 0, run.err) })
  await step('promises', () => server.alapi('audit', 'promises', '--now'))
  await step('prober', () => until(async () => (await server.get('/status.json')).json.state === 'operational', 'the prober', 30000))
} finally {
  await server.stop()
}
const counted = elsewhere(), seen = devices()
await send('udp4', '192.0.2.1') // of documentation: nobody has it
await send('udp6', '2001:db8::1')
console.log(JSON.stringify({ interfaces: seen.map((d) => d.name), loopback_packets: seen[0].packets, lived,
  elsewhere: counted, elsewhere_of_control: elsewhere() - counted }))
