-- name: canary_add
INSERT INTO canary (digest, started_ms) VALUES ($1, $2);
-- name: canary_next
SELECT digest FROM canary LIMIT 1;
-- name: canary_drop
DELETE FROM canary WHERE digest = $1;
-- name: canary_accounts
SELECT count(*) FROM canary c JOIN blind_index b ON b.kind = 'email' AND b.digest = c.digest;
-- name: canary_count_calls
UPDATE counter SET value = value + $1 WHERE name = 'canary_calls';
-- name: canary_calls
SELECT value FROM counter WHERE name = 'canary_calls';
-- name: uncounted_add
INSERT INTO uncounted (account) VALUES ($1) ON CONFLICT DO NOTHING;
-- name: uncounted_list
SELECT account FROM uncounted
UNION ALL SELECT b.account FROM canary c JOIN blind_index b ON b.kind = 'email' AND b.digest = c.digest;
-- name: uncounted_find
SELECT account FROM uncounted LIMIT 1;
