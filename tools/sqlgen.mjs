// sqlgen.mjs: sql/ → store_sql.h and store_sql.c. The SQL of the house is text in files; this makes the
// list that store/ prepares at its start.
//
//     sql/schema/NNN_what.sql   numbered, forward only; each becomes one transaction
//     sql/query/*.sql           "-- name: x" begins the query SQL_X; $1, $2 … are its parameters
//     sql/sqlite/*.sql          the same, in SQLite's own dialect
//     sql/sqlite/open.sql       what a fresh connection is told, as one script
//     sql/sqlite/backup.sql     what a fresh copy is told before it becomes a backup, as one script
//     sql/personal.tsv          what each column says about a person; must list the schema's columns, all of them
//     sql/assessments.tsv       impact assessments; must name every column that is sensitive
//     sql/retention.tsv         how the rows that have a period are found when it is over
//     sql/words.tsv             the register's words, in Chinese and English
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder, out] = process.argv.slice(2);
const fail = (say) => { console.error(`sqlgen: ${say}`); process.exit(1); };
const literal = (sql) => sql.split("\n").map((line) => `    ${JSON.stringify(line + "\n")}`).join("\n");
const files = (under) => readdirSync(join(folder, under)).filter((f) => f.endsWith(".sql")).sort();
const read = (...path) => readFileSync(join(folder, ...path), "utf8");
const bare = (sql) => sql.split("\n").filter((l) => !/^\s*--/.test(l)).map((l) => l.replace(/\s+-- .*$/, "")).join("\n").trim();

const queries = new Map();
function take(file, text) {
  for (const part of text.split(/^-- name: /m).slice(1)) {
    const name = part.slice(0, part.indexOf("\n")).trim();
    if (!/^[a-z][a-z0-9_]*$/.test(name)) fail(`${file}: "${name}" is no name of a query`);
    if (queries.has(name)) fail(`${file}: ${name} is there twice`);
    queries.set(name, bare(part.slice(part.indexOf("\n"))));
  }
}
for (const f of files("query")) take(f, read("query", f));
const scripts = ["open.sql", "backup.sql"];
for (const f of files("sqlite")) if (!scripts.includes(f)) take(f, read("sqlite", f));

const schema = files("schema").map((f, i) => {
  if (!/^\d{3}_[a-z_]+\.sql$/.test(f)) fail(`${f}: a schema's name has the form 001_what.sql`);
  if (Number(f.slice(0, 3)) !== i + 1) fail(`${f}: the numbers of sql/schema must run 001, 002, …`);
  return `BEGIN IMMEDIATE;\n${bare(read("schema", f))}\nPRAGMA user_version = ${i + 1};\nCOMMIT;`;
});

// ---- the register of personal data ----

// Tables in the order of their making, each with its columns; and what tells its rows apart.
const keys = new Map(), integerKeys = new Map();
function keyOf(pieces) {
  const whole = pieces.map((p) => /^PRIMARY KEY \(([^)]*)\)/.exec(p)).find(Boolean);
  if (whole) return whole[1].split(",").map((c) => c.trim());
  const one = pieces.find((p) => /\bPRIMARY KEY\b/.test(p));
  return [one ? one.split(/\s+/)[0] : "rowid"];
}
function tablesOf(sql, tables = new Map()) {
  const made = /CREATE TABLE (?:IF NOT EXISTS )?(?:\w+\.)?(\w+) \(([\s\S]*?)\)(?: WITHOUT ROWID)?(?:, STRICT| STRICT)?;|ALTER TABLE (\w+) ADD COLUMN (\w+)/g;
  for (const [, table, body, altered, column] of sql.matchAll(made)) {
    if (altered) { tables.get(altered)?.push(column); continue; }
    const pieces = piecesOf(body);
    keys.set(table, keyOf(pieces));
    integerKeys.set(table, pieces.map((p) => /^(\w+)\s+INTEGER\s+PRIMARY KEY/.exec(p)?.[1]).find(Boolean));
    tables.set(table, pieces.filter((p) => !/^(PRIMARY KEY|UNIQUE|CHECK|FOREIGN KEY|CONSTRAINT)\b/.test(p)).map((p) => p.split(/\s+/)[0]));
  }
  return tables;
}
function piecesOf(body) {
  const pieces = [""];
  let depth = 0;
  for (const c of body) {
    depth += c === "(" ? 1 : c === ")" ? -1 : 0;
    if (c === "," && depth === 0) pieces.push("");
    else pieces[pieces.length - 1] += c;
  }
  return pieces.map((p) => p.trim()).filter(Boolean);
}

const tables = tablesOf(files("schema").map((f) => bare(read("schema", f))).join("\n"));
const owners = new Map(), sealRows = new Map(), ends = new Map(), columns = [];
for (const [at, line] of read("personal.tsv").split("\n").entries()) {
  const cells = line.split("\t").map((c) => c.trim());
  const wrong = (say) => fail(`personal.tsv:${at + 1}: ${say}`);
  if (!line.trim() || line.startsWith("#")) continue;
  if (line.startsWith("@")) {
    const name = cells[0].slice(1);
    if (cells.length < 2 || owners.has(name)) wrong("a table has one line: @table, how its rows are found");
    owners.set(name, cells[1]);
    for (const more of cells.slice(2))
      if (more.startsWith("row: ")) sealRows.set(name, more.slice(5));
      else if (more.startsWith("end: ")) ends.set(name, more.slice(5));
      else wrong(`behind a table's owner stand "row: …" and "end: …", not ${more}`);
    continue;
  }
  const [table, column] = cells[0].split(".");
  if (!tables.get(table)?.includes(column)) wrong(`the schema has no ${cells[0]}`);
  if (columns.some((c) => c.table === table && c.column === column)) wrong(`${cells[0]} is there twice`);
  if (cells[1] === "none" ? cells.length !== 3 : cells.length !== 8) wrong("a line has eight cells, or three where it says none");
  if (cells[1] !== "none" && (!/^(ordinary|sensitive)$/.test(cells[2]) || !/^(consent|contract|law|security)$/.test(cells[4]) ||
      !/^(account|\d+ (minutes|hours|days))$/.test(cells[5]) || !/^(open|sealed|digest)$/.test(cells[6]) || !/^(export|withheld: .+)$/.test(cells[7])))
    wrong("sensitivity, basis, retention, kept or export is none of those that the head names");
  columns.push({ table, column, cells });
}
for (const [table, names] of tables) {
  if (!owners.has(table)) fail(`personal.tsv: the table ${table} has no line @${table}: say how the rows of a person are found, or -`);
  for (const name of names)
    if (!columns.some((c) => c.table === table && c.column === name))
      fail(`personal.tsv: the column ${table}.${name} is not listed: say what it tells about a person, or none and why`);
}

// ---- assessments of impact ----

const assessments = [];
for (const [at, line] of read("assessments.tsv").split("\n").entries()) {
  if (!line.trim() || line.startsWith("#")) continue;
  const cells = line.split("\t").map((c) => c.trim()), [id, scope, risk, until, author, approver] = cells;
  const wrong = (say) => fail(`assessments.tsv:${at + 1}: ${say}`);
  if (cells.length !== 10 || cells.includes("")) wrong("a line has ten cells, and none is empty");
  if (assessments.some((a) => a[0] === id)) wrong(`${id} is there twice`);
  if (!/^(low|middle|high)$/.test(risk) || !/^\d{4}-\d\d-\d\d$/.test(until)) wrong("risk or valid until is none");
  if (author === approver) wrong("who wrote it does not approve it");
  for (const name of scope.split(" ")) if (!columns.some((c) => `${c.table}.${c.column}` === name)) wrong(`there is no column ${name}`);
  assessments.push(cells);
}
for (const { table, column, cells } of columns)
  if (cells[2] === "sensitive" && cells[1] !== "none" && !assessments.some((a) => a[1].split(" ").includes(`${table}.${column}`)))
    fail(`personal.tsv: the column ${table}.${column} is sensitive and no approved assessment names it: write one in sql/assessments.tsv`);

const erasures = [...tables.keys()].reverse().filter((t) => owners.get(t) !== "-").map((t) => {
  const where = owners.get(t);
  queries.set(`erase_rows_${t}`, ends.has(t) ? `UPDATE ${t} SET ${ends.get(t)} WHERE ${where};` : `DELETE FROM ${t} WHERE ${where};`);
  return `SQL_ERASE_ROWS_${t.toUpperCase()}`;
});
// What the register calls sealed: how many values are not (78 bytes is the shortest seal, crypt/seal.h).
const sealed = columns.filter(({ cells }) => cells[6] === "sealed").map(({ table, column }) => {
  queries.set(`sealed_${table}_${column}`, `SELECT count(*) FROM ${table} WHERE length(${column}) > 0
   AND NOT (typeof(${column}) = 'blob' AND length(${column}) >= 78 AND substr(${column}, 1, 2) = x'0101');`);
  return `    {"${table}", "${column}", SQL_SEALED_${table.toUpperCase()}_${column.toUpperCase()}},`;
});

// ---- what an export reads ----

// When a row ends by itself, in ms; 0: with the account.
function endOf(table) {
  const r = retentions.get(table);
  if (!r) return "0";
  const end = `${r.time}${r.unit > 1 ? ` * ${r.unit}` : ""}${r.from === "start" ? ` + ${r.ms}` : ""}`;
  return r.time.startsWith("(") ? `coalesce(${end}, 0)` : end;
}

// The rows of account $1, at most $2, in the order of their key; "next": those behind the key $3 ….
function exportOf(table) {
  const shown = columns.filter((c) => c.table === table && c.cells[7] === "export");
  if (owners.get(table) === "-" || shown.length === 0) return null;
  const owner = owners.get(table), key = keys.get(table).filter((k) => owner !== `${k} = $1`);
  const isSealed = shown.some((c) => c.cells[6] === "sealed");
  const row = sealRows.get(table) ?? integerKeys.get(table) ?? (tables.get(table).includes("id") ? "id" : null);
  if (isSealed && !row) fail(`personal.tsv: the rows of ${table} are sealed and have no number: say it behind its owner: row: …`);
  const what = [row ?? "0", endOf(table), ...key, ...shown.map((c) => c.column)].join(", ");
  const order = key.length ? ` ORDER BY ${key.join(", ")}` : "";
  const behind = key.length ? ` AND (${key.join(", ")}) > (${key.map((_, i) => `$${i + 3}`).join(", ")})` : "";
  queries.set(`export_count_${table}`, `SELECT count(*) FROM ${table} WHERE ${owner};`);
  queries.set(`export_first_${table}`, `SELECT ${what} FROM ${table} WHERE ${owner}${order} LIMIT $2;`);
  if (behind) queries.set(`export_next_${table}`, `SELECT ${what} FROM ${table} WHERE (${owner})${behind}${order} LIMIT $2;`);
  return { key: key.length, count: `export_count_${table}`, first: `export_first_${table}`, next: behind ? `export_next_${table}` : null };
}

// ---- how long ----

const units = { minutes: 60000, hours: 3600000, days: 86400000 };
const periodMs = (words) => { const [n, unit] = words.split(" "); return Number(n) * units[unit]; };
const retentions = new Map();
for (const [at, line] of read("retention.tsv").split("\n").entries()) {
  const cells = line.split("\t").map((c) => c.trim());
  const wrong = (say) => fail(`retention.tsv:${at + 1}: ${say}`);
  if (!line.trim() || line.startsWith("#")) continue;
  const [table, time, from, unit, period, by] = cells;
  if (cells.length !== 6 || !/^(start|end)$/.test(from) || !/^\d+$/.test(unit) || !/^\d+ (minutes|hours|days)$/.test(period) || !/^(reaper|own: .+)$/.test(by))
    wrong("a line has six cells: table, column of the time, start or end, its unit in ms, the period, reaper or own: …");
  if (!tables.has(table) || !(time.startsWith("(") || tables.get(table).includes(time))) wrong(`the schema has no ${table}.${time}`);
  if (time.startsWith("(") && by === "reaper") wrong("a time that is computed has no index: who ends these rows says so by own: …");
  retentions.set(table, { table, time, from, unit: Number(unit), ms: periodMs(period), own: by !== "reaper" });
  const key = keys.get(table).join(", ");
  queries.set(`reap_${table}`, `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE ${time} < $1 LIMIT $2);`);
  queries.set(`overdue_${table}`, `SELECT count(*) FROM ${table} WHERE ${time} < $1${by === "reaper" ? "" : ` AND ${time} > 0`};`);
}
for (const table of tables.keys()) {
  const periods = columns.filter((c) => c.table === table && c.cells[1] !== "none" && c.cells[5] !== "account").map((c) => periodMs(c.cells[5]));
  const known = retentions.get(table);
  if (periods.length && !known) fail(`retention.tsv: ${table} has a period in personal.tsv and no line here: nothing would end it`);
  if (periods.length && !periods.includes(known.ms)) fail(`retention.tsv: the period of ${table} is not the one in personal.tsv`);
}

// ---- the words ----

const words = new Map();
for (const [at, line] of read("words.tsv").split("\n").entries()) {
  const cells = line.split("\t").map((c) => c.trim());
  if (!line.trim() || line.startsWith("#")) continue;
  if (cells.length !== 4 || cells.some((c) => !c)) fail(`words.tsv:${at + 1}: a line has four cells: kind, name, Chinese, English`);
  words.set(`${cells[0]} ${cells[1]}`, cells);
}
for (const { table, column, cells } of columns.filter((c) => c.cells[1] !== "none"))
  for (const [kind, name] of [["category", cells[1]], ["purpose", cells[3]], ["basis", cells[4]]])
    if (!words.has(`${kind} ${name}`)) fail(`words.tsv: ${table}.${column} has the ${kind} "${name}", which has no words: add "${kind}\t${name}\t中文\tEnglish"`);

const order = [...tables.keys()];
columns.sort((a, b) => order.indexOf(a.table) - order.indexOf(b.table));
const exported = order.map((t) => [t, exportOf(t)]);
const cell = (text) => text === undefined ? "NULL" : JSON.stringify(text);
const sql = (name) => name ? `SQL_${name.toUpperCase()}` : "SQL_COUNT";
const placesOf = (t) => columns.findIndex((c) => c.table === t);

mkdirSync(out, { recursive: true });
writeFileSync(join(out, "store_sql.h"), `/* Made by tools/sqlgen.mjs from sql/. */
#pragma once
enum store_sql {
${[...queries.keys()].map((n) => `    SQL_${n.toUpperCase()},`).join("\n")}
    SQL_COUNT
};
enum { STORE_SCHEMA_COUNT = ${schema.length} };
extern const char *const store_sql_text[SQL_COUNT];
extern const char *const store_schema[STORE_SCHEMA_COUNT];
extern const char store_script_open[];

/* The register of personal data (sql/personal.tsv). A column that says nothing about a person has a reason
 * and no category. */
struct store_column {
    const char *table, *column, *reason;
    const char *category, *sensitivity, *purpose, *basis, *retention, *kept, *exported;
};
extern const struct store_column store_columns[]; /* ended by an empty one */
/* Impact assessments that come with the program (sql/assessments.tsv). */
struct store_assessment {
    const char *id, *scope, *risk, *valid_until, *author, *approver, *purpose, *necessity, *impact, *measures;
};
extern const struct store_assessment store_assessments[]; /* ended by an empty one */
/* Those that are kept sealed, each with the query that counts the values which are not. */
struct store_sealed {
    const char *table, *column;
    enum store_sql query;
};
extern const struct store_sealed store_sealed_columns[]; /* ended by an empty one */
extern const enum store_sql store_erasures[]; /* the rows of account $1, children first; ended by SQL_COUNT */

/* Each table. The three queries of an export: how many rows account $1 has; its first $2 rows; those behind the key
 * $3 …. A row is: the number that its seals name, when it ends (ms; 0: with the account),
 * key_count columns of the key, then the exported columns in the
 * register's order. SQL_COUNT: there is none. */
struct store_table {
    const char *name;
    unsigned first_column, column_count; /* in store_columns */
    unsigned key_count;
    enum store_sql count, first, next;
};
extern const struct store_table store_tables[]; /* ended by an empty one */

/* What ends by itself. $1 of both queries is a time in the unit: rows before it are over. */
struct store_retention {
    const char *table;
    enum store_sql reap, overdue; /* reap: at most $2 rows */
    long long period_ms, unit_ms;
    int is_end; /* the column holds the end itself */
    int is_own; /* ended by code of its own */
};
extern const struct store_retention store_retentions[]; /* ended by an empty one */

/* The register's words: kind is category, purpose, basis or table. */
struct store_word {
    const char *kind, *name, *zh, *en;
};
extern const struct store_word store_words[]; /* ended by an empty one */
extern const char store_script_backup[];
`);
writeFileSync(join(out, "store_sql.c"), `/* Made by tools/sqlgen.mjs from sql/. */
#include "store_sql.h"
#include <stddef.h>
const char *const store_sql_text[SQL_COUNT] = {
${[...queries].map(([n, sql]) => `    [SQL_${n.toUpperCase()}] =\n${literal(sql)},`).join("\n")}
};
const char *const store_schema[STORE_SCHEMA_COUNT] = {
${schema.map((s) => literal(s) + ",").join("\n")}
};
const struct store_column store_columns[] = {
${columns.map(({ table, column, cells: c }) => c[1] === "none"
    ? `    {${cell(table)}, ${cell(column)}, ${cell(c[2])}},`
    : `    {${[cell(table), cell(column), "NULL", ...c.slice(1).map(cell)].join(", ")}},`).join("\n")}
    {0},
};
const struct store_assessment store_assessments[] = {
${assessments.map((cells) => `    {${cells.map(cell).join(", ")}},`).join("\n")}
    {0},
};
const struct store_sealed store_sealed_columns[] = {
${sealed.join("\n")}
    {0},
};
const enum store_sql store_erasures[] = {
${erasures.map((e) => `    ${e},`).join("\n")}
    SQL_COUNT,
};
const struct store_table store_tables[] = {
${exported.map(([t, e]) => `    {${cell(t)}, ${placesOf(t)}, ${columns.filter((c) => c.table === t).length}, ${e?.key ?? 0}, ${sql(e?.count)}, ${sql(e?.first)}, ${sql(e?.next)}},`).join("\n")}
    {0},
};
const struct store_retention store_retentions[] = {
${[...retentions.values()].map((r) => `    {${cell(r.table)}, ${sql(`reap_${r.table}`)}, ${sql(`overdue_${r.table}`)}, ${r.ms}, ${r.unit}, ${Number(r.from === "end")}, ${Number(r.own)}},`).join("\n")}
    {0},
};
const struct store_word store_words[] = {
${[...words.values()].map((w) => `    {${w.map(cell).join(", ")}},`).join("\n")}
    {0},
};
const char store_script_open[] =
${literal(bare(read("sqlite", "open.sql")))};
const char store_script_backup[] =
${literal(bare(read("sqlite", "backup.sql")))};
`);
