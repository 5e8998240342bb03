-- name: subject_key_put
INSERT INTO keys.subject_key (subject, epoch, wrapped) VALUES ($1, 1, $2);
-- name: subject_key_get
SELECT wrapped FROM keys.subject_key WHERE subject = $1;
-- name: subject_key_erase
DELETE FROM keys.subject_key WHERE subject = $1;

-- name: account_add
INSERT INTO account (subject, state, age, username_sealed, password_sealed, source, created_ms, guarded)
VALUES ($1, 'active', $2, $3, $4, $5, $6, $7) RETURNING number;
-- name: account_get
SELECT number, subject, state, age, username_sealed, password_sealed, source, created_ms, guarded
  FROM account WHERE number = $1;
-- name: account_list
SELECT number, subject, state, age, username_sealed, password_sealed, source, created_ms, guarded
  FROM account WHERE number > $1 ORDER BY number LIMIT $2;
-- name: account_set_username
UPDATE account SET username_sealed = $2 WHERE number = $1;
-- name: account_set_password
UPDATE account SET password_sealed = $2 WHERE number = $1;
-- name: account_set_state
UPDATE account SET state = $2 WHERE number = $1;
-- name: account_count
SELECT count(*) FROM account;

-- name: contact_put
INSERT INTO contact (account, kind, sealed, created_ms) VALUES ($1, $2, $3, $4)
    ON CONFLICT (account, kind) DO UPDATE SET sealed = excluded.sealed, created_ms = excluded.created_ms;
-- name: contact_list
SELECT kind, sealed, created_ms FROM contact WHERE account = $1 ORDER BY kind;

-- name: blind_index_put
INSERT INTO blind_index (kind, digest, account) VALUES ($1, $2, $3);
-- name: blind_index_find
SELECT account FROM blind_index WHERE kind = $1 AND digest = $2;
-- name: blind_index_of
SELECT kind, digest FROM blind_index WHERE account = $1;
-- name: blind_index_drop
DELETE FROM blind_index WHERE account = $1 AND kind = $2;

-- name: session_find
SELECT account, seen_ms, ends_ms, id, aal, fresh_ms, remembered FROM session WHERE digest = $1;
-- name: session_seen
UPDATE session SET seen_ms = $2 WHERE digest = $1;
-- name: session_drop
DELETE FROM session WHERE digest = $1;
-- name: session_erase
DELETE FROM session WHERE account = $1;
-- name: session_erase_others
DELETE FROM session WHERE account = $1 AND digest <> $2;
-- name: session_list
SELECT created_ms, seen_ms, ends_ms FROM session WHERE account = $1 ORDER BY created_ms;
-- name: session_reap
DELETE FROM session WHERE ends_ms < $1 OR (remembered = 0 AND seen_ms < $2) OR seen_ms < $3;

-- name: flow_add
INSERT INTO flow (digest, purpose, code_mac, tries, used, expires_ms, sealed) VALUES ($1, $2, $3, 0, 0, $4, $5);
-- name: flow_try
-- One more try, counted before anything is compared.
UPDATE flow SET tries = tries + 1 WHERE digest = $1 AND used = 0 AND expires_ms > $2
RETURNING purpose, code_mac, tries, sealed;
-- name: flow_use
-- One winner, however many came at once.
DELETE FROM flow WHERE digest = $1 AND used = 0 RETURNING 1;
-- name: flow_spoil
-- Its tries are spent: nothing of its data stays.
UPDATE flow SET used = 1, sealed = x'' WHERE digest = $1;
-- name: flow_reap
DELETE FROM flow WHERE expires_ms <= $1;

-- name: throttle_get
SELECT since_ms, last_ms, count FROM throttle WHERE kind = $1 AND digest = $2;
-- name: throttle_put
INSERT INTO throttle (kind, digest, since_ms, last_ms, count) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (kind, digest) DO UPDATE
   SET since_ms = excluded.since_ms, last_ms = excluded.last_ms, count = excluded.count;
-- name: throttle_drop
DELETE FROM throttle WHERE kind = $1 AND digest = $2;
-- name: throttle_reap
DELETE FROM throttle WHERE last_ms < $1;

-- name: erasure_begin
INSERT INTO erasure (receipt, account, subject, started_ms) VALUES ($1, $2, $3, $4);
-- name: erasure_open
SELECT receipt, account, subject FROM erasure WHERE done_ms IS NULL AND account IS NOT NULL LIMIT 1;
-- name: erasure_forget
-- The journal keeps nothing of the person: the receipt and its times only.
UPDATE erasure SET account = NULL, subject = NULL WHERE receipt = $1;
-- name: erasure_unsettled
SELECT receipt FROM erasure WHERE done_ms IS NULL AND account IS NULL LIMIT 1;
-- name: erasure_done
UPDATE erasure SET done_ms = $2 WHERE receipt = $1;

-- name: guardian_put
INSERT INTO guardian (account, sealed, receipt, created_ms) VALUES ($1, $2, $3, $4);
-- name: guardian_get
SELECT sealed, receipt, created_ms FROM guardian WHERE account = $1;
-- name: account_set_age
UPDATE account SET age = $2, guarded = $3 WHERE number = $1;
-- name: flow_count
SELECT count(*) FROM flow;
