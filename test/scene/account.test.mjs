// account.test.mjs: a person's whole life at `alapi serve`, over its unix socket: register, verify, log in,
// tokens, correct, export, leave; and the ways in which it must refuse.
//     node --test test/scene/account.test.mjs      (ALAPI=path of the program; build/alapi without)
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

const program = resolve(process.env.ALAPI ?? "build/alapi");
const home = mkdtempSync(join(tmpdir(), "alapi-scene-"));
const password = "correct horse battery staple 9";
let serve, log = "", version, addresses = 0;

function start() {
  serve = spawn(program, ["serve", "--home", home, "--development"], { stdio: ["ignore", "inherit", "pipe"] });
  serve.stderr.on("data", (d) => { log += d; });
}
const ended = (p) => new Promise((r) => (p.exitCode !== null || p.signalCode ? r() : p.once("exit", r)));

async function up() {
  for (let i = 0; i < 200; i++) {
    try { if ((await ask("GET", "/status.json")).status === 200) return; } catch { /* not yet */ }
    await sleep(50);
  }
  throw new Error("serve is not up: " + log);
}

function ask(method, path, body, headers = {}) {
  return new Promise((done, fail) => {
    const raw = typeof body === "string" || Buffer.isBuffer(body) ? body : body === undefined ? undefined : JSON.stringify(body);
    const all = { Host: "localhost", "X-Real-IP": `203.0.${addresses}.7`, ...headers };
    if (raw !== undefined) { all["Content-Type"] ??= "application/json"; all["Content-Length"] = Buffer.byteLength(raw); }
    const r = http.request({ socketPath: join(home, "state/serve.sock"), method, path, headers: all, agent: false }, (a) => {
      const parts = [];
      a.on("data", (d) => parts.push(d));
      a.on("end", () => {
        const text = Buffer.concat(parts).toString();
        let json = null;
        try { json = JSON.parse(text); } catch { /* a page */ }
        done({ status: a.statusCode, headers: a.headers, text, json });
      });
    });
    r.on("error", fail);
    r.end(raw);
  });
}

class Person {
  constructor(name) { this.name = name; this.email = `${name}@example.com`; this.cookie = ""; addresses++; }
  async do(method, path, body, more = {}) {
    const a = await ask(method, path, body, { Cookie: this.cookie, "Sec-Fetch-Site": "same-origin", ...more });
    const set = a.headers["set-cookie"]?.at(-1);
    if (set) this.cookie = set.split(";")[0];
    return a;
  }
  form(more = {}) { return { username: this.name, password, email: this.email, consent: version, age: "adult", ...more }; }
  code() {
    const mine = readdirSync(join(home, "outbox")).sort().reverse().map((f) => readFileSync(join(home, "outbox", f), "utf8"));
    return mine.find((m) => m.includes(`To: ${this.email}\r\n`))?.match(/(?<!\d)\d{6}(?!\d)/)?.[0];
  }
  async register() {
    const a = await this.do("POST", "/account/register", this.form());
    assert.equal(a.status, 202, a.text);
    return this.do("POST", "/account/verify", { flow: a.json.flow, code: this.code() });
  }
  async enter() {
    const a = await this.register();
    assert.equal(a.status, 201, a.text);
    const b = await this.do("POST", "/account/login", { login: this.email, password });
    assert.equal(b.status, 200, b.text);
    return this;
  }
}

function bytesHolding(folder, mark) {
  const found = [];
  for (const f of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, f.name);
    if (f.isDirectory()) found.push(...bytesHolding(path, mark));
    else if (f.isFile() && statSync(path).size < 1 << 28 && readFileSync(path).includes(mark)) found.push(path);
  }
  return found;
}

before(async () => { start(); await up(); version = (await ask("GET", "/policy.json")).json.version; });
after(async () => { serve.kill("SIGTERM"); await ended(serve); rmSync(home, { recursive: true, force: true }); });

test("a whole life, and no byte of it is left", async () => {
  const p = await new Person("zqmarker_person").enter();
  const account = (await p.do("GET", "/account")).json;
  assert.equal(account.email, p.email);
  assert.equal(account.username, p.name);
  const made = await p.do("POST", "/account/tokens", { name: "zqmarker token", ips: ["10.0.0.0/8"] });
  assert.equal(made.status, 201, made.text);
  assert.match(made.json.token, /^alk_live_[0-9A-Za-z]{59}$/);
  const list = (await p.do("GET", "/account/tokens")).json.tokens;
  assert.equal(list.length, 1);
  assert.ok(!JSON.stringify(list).includes(made.json.token), "the secret is shown once");
  assert.equal((await p.do("PATCH", `/account/tokens/${made.json.id}`, { name: "other" })).json.name, "other");
  assert.equal((await p.do("DELETE", `/account/tokens/${made.json.id}`)).status, 204);
  const everything = await p.do("GET", "/account/export");
  assert.equal(everything.status, 200);
  for (const part of ["account", "contacts", "consents", "tokens", "sessions", "usage"]) assert.ok(part in everything.json, part);
  assert.equal(everything.json.consents[0].version, version);
  assert.equal(everything.json.consents[0].act, "register");
  assert.equal((await p.do("GET", "/account/usage?by=api")).status, 200);
  assert.notDeepEqual(bytesHolding(home, "zqmarker"), [], "the mail in the outbox names the address");
  assert.equal((await p.do("DELETE", "/account", { password: "not it, not it, not it" })).status, 401);
  const old = p.cookie, gone = await p.do("DELETE", "/account", { password });
  assert.equal(gone.status, 200, gone.text);
  assert.ok(gone.json.receipt);
  await sleep(1500);
  assert.deepEqual(bytesHolding(home, "zqmarker"), []);
  assert.ok(!log.includes("zqmarker"), "the log names nobody");
  assert.equal((await ask("GET", "/account", undefined, { Cookie: old })).json.error, "session_ended");
  const again = await new Person("zqmarker_person").enter();
  assert.notEqual((await again.do("GET", "/account")).json.account, account.account, "a stranger under the same name");
  assert.equal((await again.do("GET", "/account/tokens")).json.tokens.length, 0);
  await again.do("DELETE", "/account", { password });
});

test("a session ends with its log-out", async () => {
  const p = await new Person("session_person").enter(), old = p.cookie;
  assert.equal((await p.do("POST", "/account/logout")).status, 204);
  const a = await ask("GET", "/account", undefined, { Cookie: old });
  assert.equal(a.status, 401);
  assert.equal(a.json.error, "session_ended");
  assert.match(a.headers["set-cookie"][0], /Max-Age=0/);
});

test("requests of other sites are blocked", async () => {
  const p = await new Person("csrf_person").enter();
  const csrf = (await p.do("GET", "/account")).json.csrf, body = { name: "x" };
  const rows = [
    [{}, 403], [{ "Sec-Fetch-Site": "cross-site" }, 403], [{ "Sec-Fetch-Site": "same-site" }, 403],
    [{ Origin: "null" }, 403], [{ Origin: "https://evil.example" }, 403], [{ "X-CSRF-Token": "x".repeat(43) }, 403],
    [{ "Sec-Fetch-Site": "same-origin", "Content-Type": "text/plain" }, 403],
    [{ Origin: "http://localhost" }, 201], [{ "X-CSRF-Token": csrf }, 201], [{ "Sec-Fetch-Site": "none" }, 201],
  ];
  for (const [headers, want] of rows) {
    const a = await ask("POST", "/account/tokens", body, { Cookie: p.cookie, ...headers });
    assert.equal(a.status, want, JSON.stringify(headers) + a.text);
    if (want === 403) assert.equal(a.json.error, "cross_site_blocked");
  }
  assert.equal((await ask("GET", "/account/logout", undefined, { Cookie: p.cookie })).status, 405);
});

test("a known address looks like an unknown one", async () => {
  const known = await new Person("known_person").enter();
  const shape = (a) => [a.status, Object.keys(a.json), a.json.flow.length, Object.keys(a.headers).filter((h) => h !== "date")];
  const one = new Person("fresh_person_a"), two = new Person("fresh_person_b");
  const unknown = await one.do("POST", "/account/register", one.form());
  await sleep(0);
  two.email = known.email;
  const repeated = await two.do("POST", "/account/register", two.form());
  assert.deepEqual(shape(repeated), shape(unknown));
  const never = await two.do("POST", "/account/verify", { flow: repeated.json.flow, code: "123456" });
  assert.equal(never.json.error, "code_wrong");
  const shapeOf = (a) => [a.status, a.json.error, a.json.message, a.json.hint];
  const wrong = await known.do("POST", "/account/login", { login: known.email, password: "wrong wrong wrong" });
  const nobody = await known.do("POST", "/account/login", { login: "nobody@example.com", password: "wrong wrong wrong" });
  assert.deepEqual(shapeOf(wrong), shapeOf(nobody));
  assert.equal(wrong.status, 401);
});

test("a code is tried five times and used once", async () => {
  const p = new Person("code_person"), a = await p.do("POST", "/account/register", p.form()), code = p.code();
  const wrong = code === "000000" ? "000001" : "000000";
  for (let left = 4; left >= 0; left--) {
    const b = await p.do("POST", "/account/verify", { flow: a.json.flow, code: wrong });
    assert.equal(b.status, 400);
    assert.equal(b.json.tries_left, left);
  }
  assert.equal((await p.do("POST", "/account/verify", { flow: a.json.flow, code })).status, 410);
  const q = new Person("code_person_b"), c = await q.do("POST", "/account/register", q.form()), right = q.code();
  const both = await Promise.all([0, 1, 2].map(() => q.do("POST", "/account/verify", { flow: c.json.flow, code: right })));
  assert.deepEqual(both.map((r) => r.status).sort(), [201, 410, 410]);
  assert.equal((await q.do("POST", "/account/verify", { flow: "x".repeat(43), code: right })).status, 410);
});

test("what is wrong is named", async () => {
  const p = new Person("wrong_person");
  const rows = [
    [p.form({ age: "child" }), 403, "guardian_consent_required"], [p.form({ consent: "" }), 422, "consent_required"],
    [p.form({ consent: "0" }), 409, "policy_version_stale"], [p.form({ password: "short" }), 422, "password_weak"],
    [p.form({ password: p.name + " and some more" }), 422, "password_weak"], [p.form({ password: "a".repeat(20) }), 422, "password_weak"],
    [p.form({ email: "a\"b@example.com" }), 422, "email_invalid"], [p.form({ email: "a@example.com\r\nBcc: b@example.com" }), 422, "email_invalid"],
    [p.form({ email: "a@" }), 422, "email_invalid"], [p.form({ email: "a".repeat(250) + "@example.com" }), 422, "email_invalid"],
    [p.form({ email: undefined, phone: "12345" }), 422, "phone_invalid"], [p.form({ username: "ab" }), 422, "username_invalid"],
    [p.form({ username: "аdmin" }), 422, "username_invalid"], [p.form({ extra: 1 }), 422, "field_unknown"],
    [p.form({ email: undefined }), 422, "field_missing"], [p.form({ password: 5 }), 422, "field_invalid"],
    ["{", 400, "request_malformed"], ["[1]", 400, "request_malformed"], ['{"a":1,"a":2}', 422, "parameter_doubled"],
    ["[".repeat(10000), 400, "request_malformed"], ["{\"username\":\"" + "x".repeat(70000) + "\"}", 413, "body_too_large"],
    [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 400, "request_malformed"],
  ];
  for (const [body, status, error] of rows) {
    const a = await p.do("POST", "/account/register", body, { "Accept-Language": "en" });
    assert.equal(a.status, status, a.text);
    assert.equal(a.json.error, error);
    assert.ok(a.json.hint && a.json.message && /^\d+$/.test(a.json.request_id));
  }
  const unknown = await p.do("POST", "/account/register", p.form({ extra: 1 }));
  assert.equal(unknown.json.field, "extra");
  assert.ok(unknown.json.allowed.includes("username"));
  assert.deepEqual(bytesHolding(home, "wrong_person"), [], "nothing was stored");
  assert.equal((await ask("GET", "/nothing")).status, 404);
  assert.equal((await ask("PUT", "/account")).status, 405);
});

test("too many messages to one address are refused, and quick ones wait for their minute", async () => {
  const p = new Person("busy_person");
  for (let i = 0; i < 5; i++) assert.equal((await p.do("POST", "/account/register", p.form())).status, 202);
  const a = await p.do("POST", "/account/register", p.form());
  assert.equal(a.status, 429);
  assert.equal(a.json.error, "too_many_requests");
  assert.ok(Number(a.headers["retry-after"]) > 3000);
  const times = readdirSync(join(home, "outbox")).filter((f) => readFileSync(join(home, "outbox", f), "utf8").includes(p.email))
    .map((f) => Number(f.split("-")[0])).sort((x, y) => x - y);
  assert.equal(times.length, 5);
  for (let i = 1; i < 5; i++) assert.ok(times[i] - times[i - 1] >= 60000, "one in a minute: the others wait for their turn");
});

test("guessing slows down, for the guesser only", async () => {
  const p = await new Person("guess_person").enter();
  let last;
  for (let i = 0; i < 6; i++) last = await p.do("POST", "/account/login", { login: p.email, password: "wrong wrong wrong" });
  assert.equal(last.status, 429);
  assert.ok(last.headers["retry-after"]);
  addresses++;
  assert.equal((await p.do("POST", "/account/login", { login: p.name, password })).status, 200, "from elsewhere he still gets in");
});

test("nobody sees what is another's", async () => {
  const one = await new Person("owner_one").enter(), two = await new Person("owner_two").enter();
  const t = (await one.do("POST", "/account/tokens", { name: "mine" })).json;
  assert.equal((await two.do("DELETE", `/account/tokens/${t.id}`)).status, 404);
  assert.equal((await two.do("PATCH", `/account/tokens/${t.id}`, { name: "theirs" })).status, 404);
  assert.equal((await one.do("POST", "/account/tokens", { plan: "unlimited" })).status, 422);
  assert.equal((await one.do("POST", "/account/tokens", { apis: ["/api/nothing"] })).status, 422);
  assert.equal((await one.do("POST", "/account/tokens", { expires: "2001-01-01" })).status, 422);
});

test("an address changes when its code comes back; a password ends the other sessions", async () => {
  const p = await new Person("moving_person").enter(), old = p.cookie;
  await p.do("POST", "/account/login", { login: p.email, password });
  const fresh = "another horse, another battery 7";
  assert.equal((await p.do("PATCH", "/account", { password: fresh, current_password: password })).status, 200);
  assert.equal((await ask("GET", "/account", undefined, { Cookie: old })).status, 401);
  const before = p.email;
  p.email = "moved.person@example.com";
  const a = await p.do("PATCH", "/account", { email: p.email });
  assert.equal(a.status, 202, a.text);
  assert.equal((await p.do("GET", "/account")).json.email, before);
  assert.equal((await p.do("POST", "/account/verify", { flow: a.json.flow, code: p.code() })).status, 200);
  assert.equal((await p.do("GET", "/account")).json.email, p.email);
  assert.equal((await p.do("POST", "/account/login", { login: before, password: fresh })).status, 401);
  assert.equal((await p.do("PATCH", "/account", { username: "moved_person" })).json.username, "moved_person");
});

test("pages are plain, closed to other origins, and honest", async () => {
  for (const path of ["/", "/policy", "/policy/1", "/status", "/dev/outbox"]) {
    const a = await ask("GET", path, undefined, { "Accept-Language": "en" });
    assert.equal(a.status, 200, path);
    assert.match(a.headers["content-security-policy"], /default-src 'self'.*frame-ancestors 'none'/);
    assert.equal(a.headers["x-content-type-options"], "nosniff");
    assert.ok(!/<script|http:\/\/(?!localhost)|https:\/\//.test(a.text), path);
  }
  const policy = (await ask("GET", "/policy.json")).json, page = (await ask("GET", "/policy")).text;
  assert.ok(policy.sentences.length > 40);
  for (const s of policy.sentences) { assert.ok(s.zh && s.en && page.includes(`id="s-${s.id}"`), s.id); assert.ok(!s.zh.includes("{{")); }
  assert.equal((await ask("GET", "/policy/99")).status, 404);
  const status = (await ask("GET", "/status.json")).json;
  assert.equal(status.state, "unknown"); // no prober runs here, and who was not looked at is not called good
  assert.ok(status.ledger.lag_s <= 3);
});

test("one serve a home, and a key that others may read is refused", async () => {
  const second = spawn(program, ["serve", "--home", home]);
  let said = "";
  second.stderr.on("data", (d) => { said += d; });
  await ended(second);
  assert.notEqual(second.exitCode, 0);
  assert.match(said, /another/);
  assert.equal(said.trim().split("\n").length, 1, said);
});

test("killed in the middle of its work it starts again", async () => {
  const p = await new Person("killed_person").enter();
  serve.kill("SIGKILL");
  await ended(serve);
  const key = join(home, "state/keys/master.key");
  chmodSync(key, 0o644);
  const refused = spawn(program, ["serve", "--home", home]);
  await ended(refused);
  assert.equal(refused.exitCode, 78);
  chmodSync(key, 0o400);
  writeFileSync(join(home, "alapi.conf"), "no_such = 1\n");
  const wrong = spawn(program, ["serve", "--home", home]);
  await ended(wrong);
  assert.equal(wrong.exitCode, 78);
  rmSync(join(home, "alapi.conf"));
  start();
  await up();
  assert.equal((await p.do("GET", "/account")).status, 200);
});
