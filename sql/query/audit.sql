-- name: audit_add
INSERT INTO audit_entry (seq, time_ms, actor_kind, actor, action, subject, object, purpose, sealed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
-- name: audit_get
-- A number that is none any more is -1: it could count as the 0 that it was.
SELECT seq, iif(typeof(time_ms) = 'integer', time_ms, -1), actor_kind, iif(typeof(actor) = 'integer', actor, -1),
       action, iif(typeof(subject) = 'integer', subject, -1), object, purpose, sealed
  FROM audit_entry WHERE seq = $1;
-- name: audit_each
SELECT seq, iif(typeof(time_ms) = 'integer', time_ms, -1), actor_kind, iif(typeof(actor) = 'integer', actor, -1),
       action, iif(typeof(subject) = 'integer', subject, -1), object, purpose, sealed
  FROM audit_entry ORDER BY seq;
-- name: audit_receipt
SELECT seq, time_ms, actor_kind, actor, action, subject, object, purpose, sealed
  FROM audit_entry WHERE substr(object, 1, 22) = $1 AND length(object) >= 22 ORDER BY seq DESC LIMIT 1;
-- name: audit_prunings
SELECT time_ms, object FROM audit_entry WHERE action = 'audit.prune' ORDER BY seq;
-- name: audit_prunable
-- What is older than its time, oldest first. Consents and assessments are kept longer; prunings for good.
SELECT seq FROM audit_entry
 WHERE seq < $1 AND time_ms < CASE WHEN action LIKE 'consent.%' OR action LIKE 'assessment.%' THEN $3 ELSE $2 END
   AND action <> 'audit.prune'
 ORDER BY seq LIMIT $4;
-- name: audit_subject
SELECT subject FROM account WHERE number = $1;
-- name: audit_drop
DELETE FROM audit_entry WHERE seq = $1;

-- name: audit_places
SELECT coalesce(max(place) + 1, 0) FROM audit_node;
-- name: audit_node_put
INSERT INTO audit_node (place, hash) VALUES ($1, $2);
-- name: audit_node_get
SELECT hash FROM audit_node WHERE place = $1;
-- name: audit_node_each
SELECT place, hash FROM audit_node ORDER BY place;

-- name: audit_checkpoint_put
INSERT INTO audit_checkpoint (size, time_ms, note) VALUES ($1, $2, $3);
-- name: audit_checkpoint_last
SELECT size, time_ms, note FROM audit_checkpoint ORDER BY size DESC LIMIT 1;
-- name: audit_checkpoint_get
SELECT size, time_ms, note FROM audit_checkpoint WHERE size = $1;
-- name: audit_checkpoint_each
SELECT size, time_ms, note FROM audit_checkpoint ORDER BY size;
-- name: audit_checkpoint_behind
SELECT size, time_ms, note FROM audit_checkpoint WHERE size > $1 ORDER BY size;
-- name: audit_checkpoint_by
-- The largest that was signed by then.
SELECT coalesce(max(size), 0) FROM audit_checkpoint WHERE time_ms <= $1;
