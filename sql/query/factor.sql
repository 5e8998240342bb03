-- name: session_begin
INSERT INTO session (digest, account, created_ms, seen_ms, ends_ms, id, aal, fresh_ms, remembered, label_sealed,
                     prefix_sealed)
VALUES ($1, $2, $3, $3, $4, $5, $6, $3, $7, $8, $9);
-- name: session_each
SELECT id, digest, created_ms, seen_ms, ends_ms, aal, remembered, label_sealed, prefix_sealed
  FROM session WHERE account = $1 ORDER BY created_ms, id;
-- name: session_rotate
-- The same session under another cookie, proved again now.
UPDATE session SET digest = $2, aal = max(aal, $3), fresh_ms = $4 WHERE digest = $1;
-- name: session_lower
UPDATE session SET aal = 1, fresh_ms = 0 WHERE digest = $1;
-- name: session_drop_id
DELETE FROM session WHERE account = $1 AND id = $2 RETURNING 1;

-- name: totp_get
SELECT seed_sealed, last_step, confirmed, created_ms FROM totp WHERE account = $1;
-- name: totp_put
INSERT INTO totp (account, seed_sealed, last_step, confirmed, created_ms) VALUES ($1, $2, 0, 0, $3);
-- name: totp_drop_stale
-- A seed that nobody confirmed in time.
DELETE FROM totp WHERE account = $1 AND confirmed = 0 AND created_ms <= $2;
-- name: totp_take_step
-- One winner for each step, and none for a step before.
UPDATE totp SET last_step = $2, confirmed = 1 WHERE account = $1 AND last_step < $2 RETURNING 1;
-- name: totp_drop
DELETE FROM totp WHERE account = $1 RETURNING confirmed;

-- name: recovery_add
INSERT INTO recovery_code (account, digest, created_ms) VALUES ($1, $2, $3);
-- name: recovery_use
DELETE FROM recovery_code WHERE account = $1 AND digest = $2 RETURNING 1;
-- name: recovery_drop
DELETE FROM recovery_code WHERE account = $1;
-- name: recovery_count
SELECT count(*) FROM recovery_code WHERE account = $1;

-- name: passkey_add
INSERT INTO passkey (id, account, digest, sealed, name_sealed, counter, created_ms, used_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $7);
-- name: passkey_list
SELECT id, account, sealed, name_sealed, counter, created_ms, used_ms FROM passkey WHERE account = $1
 ORDER BY created_ms, id;
-- name: passkey_find
SELECT id, account, sealed, name_sealed, counter, created_ms, used_ms FROM passkey WHERE digest = $1;
-- name: passkey_count_up
-- The counter goes up, or there is none.
UPDATE passkey SET counter = $2, used_ms = $3 WHERE id = $1 AND (counter < $2 OR (counter = 0 AND $2 = 0))
RETURNING 1;
-- name: passkey_drop
DELETE FROM passkey WHERE account = $1 AND id = $2 RETURNING 1;
-- name: passkey_count
SELECT count(*) FROM passkey WHERE account = $1;

-- name: step_add
INSERT INTO login_step (digest, purpose, account, bound, code_mac, remember, to_send, tries, expires_ms)
VALUES ($1, $2, $3, $4, x'', $5, $6, 0, $7);
-- name: step_try
-- One more try, counted before anything is compared.
UPDATE login_step SET tries = tries + 1
 WHERE digest = $1 AND purpose = $2 AND bound = $3 AND expires_ms > $4 AND tries < $5
RETURNING account, code_mac, remember, tries, expires_ms;
-- name: step_use
DELETE FROM login_step WHERE digest = $1 RETURNING 1;
-- name: step_unsent
SELECT digest, account FROM login_step WHERE to_send = 1 AND expires_ms > $1 LIMIT 1;
-- name: step_sent
UPDATE login_step SET to_send = 0, code_mac = $2 WHERE digest = $1 AND to_send = 1 RETURNING 1;
-- name: step_forget
DELETE FROM login_step WHERE account = $1;
-- name: step_reap
DELETE FROM login_step WHERE expires_ms <= $1;

-- name: device_find
SELECT 1 FROM device WHERE digest = $1 AND account = $2;
-- name: device_put
INSERT INTO device (digest, account, created_ms, seen_ms) VALUES ($1, $2, $3, $3)
    ON CONFLICT (digest, account) DO UPDATE SET seen_ms = excluded.seen_ms;
-- name: device_is_ours
-- Whether the cookie was given out by us, to whomever.
SELECT 1 FROM device WHERE digest = $1 LIMIT 1;
-- name: device_count
SELECT count(*) FROM device WHERE account = $1;
-- name: device_reap
DELETE FROM device WHERE seen_ms < $1;
-- name: device_trim
-- The oldest go where there are too many.
DELETE FROM device WHERE account = $1
   AND digest IN (SELECT digest FROM device WHERE account = $1 ORDER BY seen_ms DESC LIMIT -1 OFFSET $2);

-- name: login_failure_note
INSERT INTO login_failure (digest, since_ms, count, told) VALUES ($1, $2, 1, 0)
    ON CONFLICT (digest) DO UPDATE
   SET count = CASE WHEN since_ms < $3 THEN 1 ELSE count + 1 END,
       told = CASE WHEN since_ms < $3 THEN 0 ELSE told END,
       since_ms = CASE WHEN since_ms < $3 THEN excluded.since_ms ELSE since_ms END;
-- name: login_failure_untold
SELECT f.digest, b.account, f.count FROM login_failure f JOIN blind_index b ON b.digest = f.digest
 WHERE (f.count >= $1 AND f.told = 0) OR (f.count >= $2 AND f.told = 1) LIMIT 1;
-- name: login_failure_told
UPDATE login_failure SET told = CASE WHEN count >= $2 THEN 2 ELSE 1 END WHERE digest = $1;
-- name: login_failure_count
SELECT count FROM login_failure WHERE digest = $1 AND since_ms >= $2;
-- name: login_failure_fitted
UPDATE login_failure SET count = 0 WHERE digest = $1;
-- name: login_failure_reap
DELETE FROM login_failure WHERE since_ms < $1;

-- name: account_language
-- In which language the person agreed to the policy last.
SELECT language FROM consent WHERE account = $1 ORDER BY created_ms DESC LIMIT 1;

-- name: login_rate_count
INSERT INTO login_rate (slot, failures) VALUES ($1, 1) ON CONFLICT (slot) DO UPDATE SET failures = failures + 1;
-- name: login_rate
-- The two youngest slots, and those of the day before them.
SELECT coalesce(sum(CASE WHEN slot >= $1 - 1 THEN failures END), 0),
       coalesce(sum(CASE WHEN slot < $1 - 1 THEN failures END), 0)
  FROM login_rate WHERE slot > $1 - 288 AND slot <= $1;
-- name: login_rate_reap
DELETE FROM login_rate WHERE slot < $1;
-- name: login_trace_add
INSERT INTO login_trace (digest, address_sealed, time_ms) SELECT $1, $2, $3
 WHERE coalesce((SELECT max(id) FROM login_trace) - (SELECT min(id) FROM login_trace), 0) < $4;
-- name: login_trace_list
SELECT t.id, coalesce(b.account, 0), t.time_ms, t.digest, t.address_sealed
  FROM login_trace t LEFT JOIN blind_index b ON b.digest = t.digest ORDER BY t.id LIMIT $1;
-- name: login_trace_drop
DELETE FROM login_trace WHERE id = $1;
