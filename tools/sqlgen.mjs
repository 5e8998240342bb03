// sqlgen.mjs: sql/ → store_sql.h and store_sql.c. The SQL of the house is text in files; this makes the
// list that store/ prepares at its start.
//
//     sql/schema/NNN_what.sql   numbered, forward only; each becomes one transaction
//     sql/query/*.sql           "-- name: x" begins the query SQL_X; $1, $2 … are its parameters
//     sql/sqlite/*.sql          the same, in SQLite's own dialect
//     sql/sqlite/open.sql       what a fresh connection is told, as one script
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
  if (Number(f.slice(0, 3)) !== i + 1) fail(`${f}: the numbers of sql/schema must run 001, 002, …`);
  return `BEGIN IMMEDIATE;\n${bare(read("schema", f))}\nPRAGMA user_version = ${i + 1};\nCOMMIT;`;
});

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
`);
writeFileSync(join(out, "store_sql.c"), `/* Made by tools/sqlgen.mjs from sql/. */
#include "store_sql.h"
const char *const store_sql_text[SQL_COUNT] = {
${[...queries].map(([n, sql]) => `    [SQL_${n.toUpperCase()}] =\n${literal(sql)},`).join("\n")}
};
const char *const store_schema[STORE_SCHEMA_COUNT] = {
${schema.map((s) => literal(s) + ",").join("\n")}
};
const char store_script_open[] =
${literal(bare(read("sqlite", "open.sql")))};
`);
