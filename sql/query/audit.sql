-- name: audit_size
SELECT coalesce(max(seq) + 1, 0) FROM audit_entry;
-- name: audit_add
INSERT INTO audit_entry (seq, time_ms, actor_kind, actor, action, subject, object, purpose, sealed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
