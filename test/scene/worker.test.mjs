// worker.test.mjs: `alapi worker` as nginx sees it: a call, hostile calls, a killed child, its sandbox, its end.
// ALAPI_BUILD is the folder of the program; build without it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import dgram from 'node:dgram';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import zlib from 'node:zlib';

const program = path.resolve(process.env.ALAPI_BUILD ?? 'build', 'alapi');
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'alapi-worker-'));
const socketPath = path.join(home, 'state/worker.sock');
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
let worker, log = '', resolver;

/* ---- parcels (src/gate/parcel.h) ---- */

const u32 = (n) => { const b = Buffer.alloc(4); b.writeUInt32LE(n); return b; };
const u64 = (n) => { const b = Buffer.alloc(8); b.writeBigUInt64LE(BigInt(n)); return b; };
const text = (t) => { const b = Buffer.from(t); return Buffer.concat([u32(b.length), b]); };

/** params: [name, value] or [name, bytes] (then a file) */
const ask = (apiPath, ...params) => Buffer.concat([
  Buffer.from('ALPASK01'), Buffer.from([1]), u64(7), u64(Date.now()), Buffer.alloc(16), text(apiPath), u32(params.length),
  ...params.map(([name, value]) => Buffer.concat([Buffer.from([Buffer.isBuffer(value) ? 1 : 0]), text(name), text(value)])),
]);

function open(parcel) {
  assert.equal(parcel.subarray(0, 8).toString(), 'ALPANS01');
  let at = 8;
  const take = () => {
    const length = parcel.readUInt32LE(at);
    at += 4 + length;
    return parcel.subarray(at - length, at).toString();
  };
  const kind = take(), ignored = take();
  if (kind) return { kind, ignored, say: take(), parameter: take(), zh: take(), en: take() };
  const type = take(), data = take();
  return { ignored, type, data: type ? data : JSON.parse(data) };
}

function post(body, { method = 'POST', url = '/' } = {}) {
  return new Promise((done, fail) => {
    const request = http.request({ socketPath, method, path: url, agent: false }, (answer) => {
      const pieces = [];
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('end', () => done({ status: answer.statusCode, body: Buffer.concat(pieces) }));
      answer.on('error', fail);
    });
    request.on('error', fail);
    request.end(body);
  });
}

async function call(apiPath, ...params) {
  const { status, body } = await post(ask(apiPath, ...params));
  assert.equal(status, 200, body.toString());
  return open(body);
}

/* ---- what is sent and who is asked ---- */

const chunk = (type, data) => {
  const body = Buffer.concat([Buffer.from(type), data]), b = Buffer.alloc(4);
  b.writeUInt32BE(data.length);
  return Buffer.concat([b, body, crc(body)]);
};
function crc(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let k = 0; k < 8; k++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  const b = Buffer.alloc(4);
  b.writeUInt32BE((sum ^ 0xffffffff) >>> 0);
  return b;
}
function png(width, height, rows) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header),
    chunk('IDAT', zlib.deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}
const hello = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAADoAAAA6AQAAAADJwHeFAAAAgElEQVR42q3RMQpEMQgEUME2kKsItoG5upA2sFcJ2Ab8v8hCTLtr'
  + '9bqZQYp99CuIhxBOwItHgmhVvjD8BjQD3jQSiPWbtfE2wO6zUWafkmCl-sKJaVp7wvq0GAkhXREJQUtxgpiHxQm4FSS8AyeQIcsudGgCnHvECWJpI-E_'
  + 'H3wABNlETLZgkckAAAAASUVORK5CYII', 'base64url');

/** Answers every A question with 93.184.216.34, but silence.example. */
async function startResolver() {
  const server = dgram.createSocket('udp4');
  server.on('message', (m, from) => {
    if (m.includes('silence')) return;
    let end = 12;
    while (m[end]) end += m[end] + 1;
    const answer = Buffer.concat([m.subarray(0, end + 5), Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 1, 44, 0, 4, 93, 184, 216, 34])]);
    answer[2] = 0x81; answer[3] = 0x80; answer[7] = 1; answer[9] = 0; answer[11] = 0;
    server.send(answer, from.port, from.address);
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/* ---- the processes ---- */

const status = (pid) => {
  try { return fs.readFileSync(`/proc/${pid}/status`, 'utf8'); } catch { return ''; }
};
const field = (pid, name) => status(pid).match(new RegExp(`^${name}:\\s*(.*)$`, 'm'))?.[1];
const children = () => fs.readFileSync(`/proc/${worker.pid}/task/${worker.pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

async function until(claim, ms, what) {
  for (const end = Date.now() + ms; Date.now() < end; await pause(20)) if (await claim()) return;
  assert.fail(`${what} did not happen in ${ms} ms; the log:\n${log}`);
}

before(async () => {
  resolver = await startResolver();
  worker = spawn(program, ['worker', '--home', home, '--resolver', `127.0.0.1:${resolver.address().port}`], { stdio: ['ignore', 'ignore', 'pipe'] });
  worker.stderr.on('data', (piece) => { log += piece; });
  await until(() => fs.existsSync(socketPath), 10000, 'the start');
  await until(() => children().length === 2 && children().every((pid) => field(pid, 'Seccomp') === '2'), 10000, 'the sandbox');
});

after(() => {
  worker.kill('SIGKILL');
  resolver.close();
  fs.rmSync(home, { recursive: true, force: true });
});

/* ---- the scenes, in this order ---- */

test('a call is answered', async () => {
  const answer = await call('/api/qr/decode', ['image', hello], ['stray', '1']);
  assert.equal(answer.data[0].data, 'hello');
  assert.equal(answer.ignored, 'stray');
});

test('a name is asked for through the sandbox', async () => {
  const answer = await call('/api/domain/dns', ['domain', 'example.com']);
  assert.equal(answer.data.records[0].ip, '93.184.216.34');
});

test('a refusal has its kind, parameter and hints', async () => {
  const answer = await call('/api/qr/decode', ['url', 'http://127.0.0.1/']);
  assert.equal(answer.kind, 'parameter_invalid');
  assert.equal(answer.parameter, 'url');
  assert.match(answer.zh, /内网/);
  assert.match(answer.en, /private/);
  assert.equal((await call('/api/absent')).kind, 'api_unknown');
  assert.equal((await call('/api/domain/dns')).kind, 'parameter_missing');
});

test('a silent resolver is a timeout, in time', async () => {
  const begun = Date.now();
  assert.equal((await call('/api/domain/dns', ['domain', 'silence.example'])).kind, 'source_timeout');
  assert.ok(Date.now() - begun < 6000);
});

test('hostile pictures are refused and cost no process', async () => {
  const pids = children().join();
  const rows = Buffer.alloc(101 * 100, 255);
  const pictures = [
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'),
    png(60000, 60000, rows), png(0, 0, rows), png(100, 100, rows).subarray(0, 60), Buffer.alloc(1 << 20, 0x41),
    Buffer.from('II*\0\x08\0\0\0\xff\xff', 'latin1'), Buffer.from('%!PS-Adobe-3.0'), Buffer.from('push graphic-context'),
  ];
  for (const picture of pictures) {
    const answer = await call('/api/qr/decode', ['image', picture]);
    assert.ok(['parameter_invalid', 'no_result'].includes(answer.kind), JSON.stringify(answer));
  }
  assert.equal((await call('/api/qr/decode', ['image', png(100, 100, rows)])).kind, 'no_result');
  assert.equal(children().join(), pids);
});

test('the largest picture is decoded, one more row is not', async () => {
  const side = 5016; /* 5016 * 5017 is the last below 24 << 20 */
  const white = (height) => png(side, height, Buffer.alloc((side + 1) * height, 255));
  assert.equal((await call('/api/qr/decode', ['image', white(5017)])).kind, 'no_result');
  assert.match((await call('/api/qr/decode', ['image', white(5018)])).en, /pixels/);
});

test('what is no parcel is refused', async () => {
  assert.equal((await post(Buffer.from('hello'))).status, 400);
  assert.equal((await post(Buffer.alloc(0))).status, 400);
  assert.equal((await post(ask('/api/qr/decode', ['image', hello]).subarray(0, 100))).status, 400);
  assert.equal((await post(undefined, { method: 'GET' })).status, 405);
  assert.equal((await post(ask('/api/uuid'), { url: '/other' })).status, 405);
  assert.equal((await post(Buffer.alloc((6.5 * 1024 * 1024) + 1))).status, 413);
});

test('forty calls at once are all answered', async () => {
  const answers = await Promise.all(Array.from({ length: 40 }, () => call('/api/qr/decode', ['image', hello])));
  assert.ok(answers.every((answer) => answer.data[0].data === 'hello'));
});

test('idle connections do not hold the workers', async () => {
  const idle = Array.from({ length: 4 }, () => net.connect(socketPath));
  await pause(100);
  assert.equal((await call('/api/qr/decode', ['image', hello])).data[0].data, 'hello');
  idle.forEach((connection) => connection.destroy());
});

test('the children are in the sandbox', () => {
  for (const pid of children()) {
    assert.equal(field(pid, 'Seccomp'), '2');
    assert.equal(field(pid, 'NoNewPrivs'), '1');
    assert.notEqual(field(pid, 'Uid').split(/\s+/)[1], '0');
    const limits = fs.readFileSync(`/proc/${pid}/limits`, 'utf8');
    assert.match(limits, /Max core file size\s+0\s/);
    assert.match(limits, /Max open files\s+256\s/);
  }
});

test('a killed child is started again and calls go on', async () => {
  const [victim, other] = children();
  process.kill(victim, 'SIGKILL');
  assert.equal((await call('/api/qr/decode', ['image', hello])).data[0].data, 'hello');
  await until(() => children().length === 2 && !children().includes(victim), 5000, 'the restart');
  assert.ok(children().includes(other));
  assert.match(log, /event=worker_child_ended pid=\d+ status=-1 signal=9/);
  for (let i = 0; i < 20; i++) assert.equal((await call('/api/qr/decode', ['image', hello])).data[0].data, 'hello');
});

test('a second worker is refused', async () => {
  const second = spawn(program, ['worker', '--home', home], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  second.stderr.on('data', (piece) => { said += piece; });
  const [code] = await once(second, 'close');
  assert.equal(code, 78);
  assert.match(said, /another worker runs in this home/);
  assert.ok(fs.existsSync(socketPath));
});

test('a stop finishes the calls and leaves no process and no socket', async () => {
  const pids = children();
  const running = call('/api/domain/dns', ['domain', 'silence.example']);
  await pause(300);
  worker.kill('SIGTERM');
  assert.equal((await running).kind, 'source_timeout');
  const [code] = worker.exitCode === null ? await once(worker, 'exit') : [worker.exitCode];
  assert.equal(code, 0);
  assert.ok(!fs.existsSync(socketPath));
  for (const pid of pids) assert.equal(status(pid), '');
  assert.deepEqual(fs.readdirSync(path.join(home, 'state')), ['worker.lock']);
});

test('children die with a killed parent, and the next worker takes the stale socket', async () => {
  const start = async () => {
    worker = spawn(program, ['worker', '--home', home, '--processes', '1'], { stdio: ['ignore', 'ignore', 'pipe'] });
    worker.stderr.on('data', (piece) => { log += piece; });
    await until(() => children().length === 1 && field(children()[0], 'Seccomp') === '2', 10000, 'the start');
  };
  await start();
  const [child] = children();
  worker.kill('SIGKILL');
  await until(() => !status(child) || /^State:\s+Z/m.test(status(child)), 3000, "the child's death");
  assert.ok(fs.existsSync(socketPath));
  await start();
  assert.equal((await call('/api/qr/decode', ['image', hello])).data[0].data, 'hello');
  worker.kill('SIGTERM');
  await once(worker, 'exit');
});
