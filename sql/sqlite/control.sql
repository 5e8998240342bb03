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
