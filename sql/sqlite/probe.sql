-- What the probes ask the engine about itself.

-- name: probe_columns
SELECT m.name, p.name FROM main.sqlite_schema m JOIN pragma_table_info (m.name, 'main') p
 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\'
UNION ALL
SELECT m.name, p.name FROM keys.sqlite_schema m JOIN pragma_table_info (m.name, 'keys') p
 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\';
