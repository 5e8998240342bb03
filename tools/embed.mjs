// embed.mjs: text files → one C table {name, bytes, length}. Usage: embed.mjs OUT.c TABLE FILE…
// Names are the files' last parts; texts are written as numbers, so they may hold anything.
import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";

const [out, table, ...paths] = process.argv.slice(2);
const parts = paths.map((path, i) => {
  const bytes = readFileSync(path);
  const rows = [];
  for (let at = 0; at < bytes.length; at += 24) rows.push("    " + [...bytes.subarray(at, at + 24)].join(",") + ",");
  return { name: basename(path), text: `static const unsigned char file_${i}[] = {\n${rows.join("\n")}\n    0};\n`, length: bytes.length };
});
writeFileSync(out, `/* Made by tools/embed.mjs. */
#include "base/embedded.h"
${parts.map((p) => p.text).join("")}
const struct embedded ${table}[] = {
${parts.map((p, i) => `    {${JSON.stringify(p.name)}, {(const char *)file_${i}, ${p.length}}},`).join("\n")}
    {0},
};
`);
