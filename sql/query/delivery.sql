-- name: delivery_add
-- A message that is sent again under its reference waits again.
INSERT INTO delivery (reference, account, fate, reason, told_ms) VALUES ($1, $2, 'waiting', '', $3)
    ON CONFLICT (reference) DO UPDATE SET fate = 'waiting', reason = '', told_ms = excluded.told_ms;
-- name: delivery_tell
UPDATE delivery SET fate = $2, reason = $3, told_ms = $4 WHERE reference = $1 AND fate = 'waiting';
-- name: delivery_get
SELECT fate FROM delivery WHERE reference = $1;
-- name: delivery_list
SELECT reference, fate, reason, told_ms FROM delivery WHERE account = $1 ORDER BY told_ms, reference;
-- name: delivery_reap
DELETE FROM delivery WHERE told_ms < $1;
