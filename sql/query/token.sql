-- name: plan_list
SELECT id, name, rate, quota_day, quota_month, price_percent FROM plan ORDER BY id;
-- name: plan_get
SELECT id, name, rate, quota_day, quota_month, price_percent FROM plan WHERE id = $1;
-- name: plan_find
SELECT id, name, rate, quota_day, quota_month, price_percent FROM plan WHERE name = $1;
-- name: plan_put
INSERT INTO plan (id, name, rate, quota_day, quota_month, price_percent) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (id) DO UPDATE SET rate = excluded.rate, quota_day = excluded.quota_day,
       quota_month = excluded.quota_month, price_percent = excluded.price_percent;
-- name: plan_last
SELECT coalesce(max(id), 0) FROM plan;

-- name: counter_next
UPDATE counter SET value = value + 1 WHERE name = $1 RETURNING value;
-- name: counter_get
SELECT value FROM counter WHERE name = $1;
-- name: counter_set
UPDATE counter SET value = $2 WHERE name = $1;

-- name: token_add
INSERT INTO token (id, account, digest, name_sealed, plan, ledger_row, expires_s, created_ms, revoked_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0);
-- name: token_get
SELECT t.id, t.account, t.digest, t.name_sealed, t.plan, t.ledger_row, t.expires_s, t.created_ms,
       t.revoked_ms, p.name,
       CASE WHEN t.account IN (SELECT account FROM held WHERE active = 1) THEN 'suspended' ELSE a.state END, a.subject
  FROM token t JOIN plan p ON p.id = t.plan JOIN account a ON a.number = t.account WHERE t.id = $1;
-- name: token_list
SELECT t.id, t.account, t.digest, t.name_sealed, t.plan, t.ledger_row, t.expires_s, t.created_ms,
       t.revoked_ms, p.name,
       CASE WHEN t.account IN (SELECT account FROM held WHERE active = 1) THEN 'suspended' ELSE a.state END, a.subject
  FROM token t JOIN plan p ON p.id = t.plan JOIN account a ON a.number = t.account
 WHERE t.account = $1 ORDER BY t.created_ms, t.id;
-- name: token_walk
SELECT t.id, t.account, t.digest, t.name_sealed, t.plan, t.ledger_row, t.expires_s, t.created_ms,
       t.revoked_ms, p.name,
       CASE WHEN t.account IN (SELECT account FROM held WHERE active = 1) THEN 'suspended' ELSE a.state END, a.subject
  FROM token t JOIN plan p ON p.id = t.plan JOIN account a ON a.number = t.account
 WHERE t.id > $1 ORDER BY t.id LIMIT $2;
-- name: token_count_live
SELECT count(*) FROM token WHERE account = $1 AND revoked_ms = 0;
-- name: token_count
SELECT count(*) FROM token;
-- name: token_change
UPDATE token SET name_sealed = $2, plan = $3, expires_s = $4 WHERE id = $1;
-- name: token_revoke
UPDATE token SET revoked_ms = $2 WHERE id = $1 AND revoked_ms = 0;
-- name: token_revoke_all
UPDATE token SET revoked_ms = $2 WHERE account = $1 AND revoked_ms = 0;
-- name: token_by_row
SELECT id, account FROM token WHERE ledger_row = $1;

-- name: rule_put
INSERT INTO token_rule (token, kind, value) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;
-- name: rule_list
SELECT kind, value FROM token_rule WHERE token = $1 ORDER BY kind, value;
-- name: rule_clear
DELETE FROM token_rule WHERE token = $1 AND kind = $2;

-- name: change_add
INSERT INTO change (kind, id) VALUES ($1, $2);
-- name: change_add_tokens
INSERT INTO change (kind, id) SELECT 'token', id FROM token WHERE account = $1;
-- name: change_next
SELECT number, kind, id FROM change WHERE number > $1 ORDER BY number LIMIT 1;
-- name: change_last
SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'change';
-- name: change_forget
DELETE FROM change WHERE number <= $1;

-- name: exposure_add
INSERT INTO exposure (token, seen_ms) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING token;
