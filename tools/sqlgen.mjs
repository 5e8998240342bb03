// sqlgen.mjs: sql/ → store_sql.h and store_sql.c. The SQL of the house is text in files; this makes the
// list that store/ prepares at its start.
//
//     sql/schema/NNN_what.sql   numbered, forward only; each becomes one transaction
//     sql/query/*.sql           "-- name: x" begins the query SQL_X; $1, $2 … are its parameters
//     sql/sqlite/*.sql          the same, in SQLite's own dialect
//     sql/sqlite/open.sql       what a fresh connection is told, as one script
//     sql/personal.tsv          what each column says about a person; must list the schema's columns, all of them
//     sql/assessments.tsv       impact assessments; must name every column that is sensitive
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
for (const f of files("sqlite")) if (f !== "open.sql") take(f, read("sqlite", f));

const schema = files("schema").map((f, i) => {
  if (!/^\d{3}_[a-z_]+\.sql$/.test(f)) fail(`${f}: a schema's name has the form 001_what.sql`);
  return `BEGIN IMMEDIATE;\n${bare(read("schema", f))}\nPRAGMA user_version = ${i + 1};\nCOMMIT;`;
});

// ---- the register of personal data ----

// Tables in the order of their making, each with its columns.
function tablesOf(sql, tables = new Map()) {
  const made = /CREATE TABLE (?:IF NOT EXISTS )?(?:\w+\.)?(\w+) \(([\s\S]*?)\)(?: WITHOUT ROWID)?(?:, STRICT| STRICT)?;|ALTER TABLE (\w+) ADD COLUMN (\w+)/g;
  for (const [, table, body, altered, column] of sql.matchAll(made)) {
    if (altered) tables.get(altered)?.push(column);
    else tables.set(table, piecesOf(body).filter((p) => !/^(PRIMARY KEY|UNIQUE|CHECK|FOREIGN KEY|CONSTRAINT)\b/.test(p)).map((p) => p.split(/\s+/)[0]));
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
const owners = new Map(), columns = [];
for (const [at, line] of read("personal.tsv").split("\n").entries()) {
  const cells = line.split("\t").map((c) => c.trim());
  const wrong = (say) => fail(`personal.tsv:${at + 1}: ${say}`);
  if (!line.trim() || line.startsWith("#")) continue;
  if (line.startsWith("@")) {
    if (cells.length !== 2 || owners.has(cells[0].slice(1))) wrong("a table has one line: @table, how its rows are found");
    owners.set(cells[0].slice(1), cells[1]);
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
  queries.set(`erase_rows_${t}`, `DELETE FROM ${t} WHERE ${owners.get(t)};`);
  return `SQL_ERASE_ROWS_${t.toUpperCase()}`;
});
// What the register calls sealed: how many values are not (78 bytes is the shortest seal, crypt/seal.h).
const sealed = columns.filter(({ cells }) => cells[6] === "sealed").map(({ table, column }) => {
  queries.set(`sealed_${table}_${column}`, `SELECT count(*) FROM ${table} WHERE length(${column}) > 0
   AND NOT (typeof(${column}) = 'blob' AND length(${column}) >= 78 AND substr(${column}, 1, 2) = x'0101');`);
  return `    {"${table}", "${column}", SQL_SEALED_${table.toUpperCase()}_${column.toUpperCase()}},`;
});
const order = [...tables.keys()];
columns.sort((a, b) => order.indexOf(a.table) - order.indexOf(b.table));
const cell = (text) => text === undefined ? "NULL" : JSON.stringify(text);

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
const char store_script_open[] =
${literal(bare(read("sqlite", "open.sql")))};
`);
