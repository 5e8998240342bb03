-- Transactions and the file's own affairs, in SQLite's words.

-- name: begin
BEGIN IMMEDIATE;
-- name: begin_reading
BEGIN DEFERRED;
-- name: commit
COMMIT;
-- name: rollback
ROLLBACK;
-- name: data_version
PRAGMA main.data_version;
-- name: settle_main
PRAGMA main.wal_checkpoint(TRUNCATE);
-- name: settle_keys
PRAGMA keys.wal_checkpoint(TRUNCATE);
-- name: check
PRAGMA main.quick_check(1);
-- name: schema_columns
-- Every column that is really there, of both files.
SELECT t.name, c.name FROM main.sqlite_schema t JOIN pragma_table_info(t.name, 'main') c
 WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
UNION ALL
SELECT t.name, c.name FROM keys.sqlite_schema t JOIN pragma_table_info(t.name, 'keys') c
 WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
 ORDER BY 1, 2;
