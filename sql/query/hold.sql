-- name: hold_add
INSERT INTO hold (id, statute, article, authority, document_sha256, reason_sealed, approvers, opened_by, opened_ms,
                  until_ms, secret_until_ms, state)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'asked');
-- name: hold_get
SELECT id, statute, article, authority, document_sha256, reason_sealed, state, approvers, opened_by, opened_ms,
       until_ms, secret_until_ms, ended_ms, ended_by FROM hold WHERE id = $1;
-- name: hold_list
SELECT id, statute, article, authority, document_sha256, reason_sealed, state, approvers, opened_by, opened_ms,
       until_ms, secret_until_ms, ended_ms, ended_by FROM hold ORDER BY opened_ms, id;
-- name: hold_of_account
SELECT h.id, h.statute, h.article, h.authority, h.document_sha256, h.reason_sealed, h.state, h.approvers,
       h.opened_by, h.opened_ms, h.until_ms, h.secret_until_ms, h.ended_ms, h.ended_by
  FROM held t JOIN hold h ON h.id = t.hold WHERE t.account = $1 AND t.active = 1 ORDER BY h.until_ms DESC, h.id;
-- name: hold_set_state
UPDATE hold SET state = $2, ended_ms = $3, ended_by = $4 WHERE id = $1 AND state = $5;
-- name: hold_over
SELECT id FROM hold WHERE state = 'active' AND until_ms <= $1 LIMIT 1;
-- name: hold_lapse
-- Nobody approved it in time.
UPDATE hold SET state = 'refused', ended_ms = $1, ended_by = 0
 WHERE state = 'asked' AND (opened_ms <= $2 OR until_ms <= $1);
-- name: hold_lapse_held
DELETE FROM held WHERE hold IN (SELECT id FROM hold WHERE state = 'refused');

-- name: held_add
INSERT INTO held (hold, account, active) VALUES ($1, $2, 0);
-- name: held_next
SELECT account, erasure_ms FROM held WHERE hold = $1 AND account > $2 ORDER BY account LIMIT 1;
-- name: held_has
SELECT 1 FROM held WHERE hold = $1 AND account = $2;
-- name: held_set_active
UPDATE held SET active = $2 WHERE hold = $1;
-- name: held_is_frozen
SELECT count(*) FROM held WHERE account = $1 AND active = 1;
-- name: held_ask_erasure
UPDATE held SET erasure_ms = $2 WHERE account = $1 AND active = 1 AND erasure_ms IS NULL;
-- name: held_drop
-- The row goes with the hold, unless an erasure waits for its end.
DELETE FROM held WHERE hold = $1 AND account = $2;
-- name: held_waiting
-- Somebody whose erasure was asked for and whom no hold stops any more.
SELECT t.account FROM held t JOIN account a ON a.number = t.account
 WHERE t.erasure_ms IS NOT NULL AND a.state <> 'erasing'
   AND NOT EXISTS (SELECT 1 FROM held o WHERE o.account = t.account AND o.active = 1) LIMIT 1;
-- name: held_waits
SELECT count(*) FROM held WHERE account = $1 AND erasure_ms IS NOT NULL;

-- name: archive_add
INSERT INTO archive (id, account, part, sealed) VALUES ($1, $2, $3, $4);
-- name: archive_next
SELECT id, sealed FROM archive WHERE account = $1 AND part = $2 AND id > $3 ORDER BY id LIMIT 1;
-- name: archive_drop
DELETE FROM archive WHERE account = $1;

-- name: hold_take_token_rule
SELECT r.token, r.kind, r.value FROM token_rule r JOIN token t ON t.id = r.token WHERE t.account = $1;
-- name: hold_put_token_rule
INSERT INTO token_rule (token, kind, value) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;
-- name: hold_take_usage_hour
SELECT account, token, api, hour, class, calls, units FROM usage_hour WHERE account = $1;
-- name: hold_put_usage_hour
INSERT INTO usage_hour (account, token, api, hour, class, calls, units) VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (account, hour, token, api, class) DO UPDATE
   SET calls = usage_hour.calls + excluded.calls, units = usage_hour.units + excluded.units;
