-- name: consent_add
INSERT INTO consent (receipt, account, version, text_hash, act, language, created_ms, purpose, served)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
-- name: consent_list
SELECT receipt, version, text_hash, act, language, created_ms, purpose, served FROM consent WHERE account = $1
 ORDER BY created_ms, receipt;
-- name: consent_declined
SELECT receipt FROM consent WHERE account = $1 AND version = $2 AND act = 'decline' AND purpose = 'policy'
 ORDER BY created_ms DESC LIMIT 1;
-- name: consent_any
-- Whether anybody has ever agreed to a policy.
SELECT EXISTS (SELECT 1 FROM agreement WHERE purpose = 'policy');

-- name: agreement_get
SELECT act, version, receipt FROM agreement WHERE account = $1 AND purpose = $2;
-- name: agreement_put
INSERT INTO agreement (account, purpose, act, version, receipt) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (account, purpose) DO UPDATE SET act = excluded.act, version = excluded.version,
       receipt = excluded.receipt;
-- name: agreement_walk
-- Who said yes to a purpose, in order of their numbers.
SELECT g.account FROM agreement g JOIN account a ON a.number = g.account
 WHERE g.purpose = $1 AND g.act = 'agree' AND g.account > $2 AND a.state <> 'erasing' ORDER BY g.account LIMIT 1;
-- name: account_is_person
-- Somebody to be asked: whoever can log in or can be written to. The rest is the operator's own program.
SELECT source = 'subject' OR password_sealed IS NOT NULL
       OR EXISTS (SELECT 1 FROM contact WHERE account = number) FROM account WHERE number = $1;

-- name: policy_version_add
INSERT INTO policy_version (number, published_ms, effective_ms, digest, zh, en, facts, kinds, demands, prev,
       published_by, seconded_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);
-- name: policy_version_list
SELECT number, published_ms, effective_ms, digest, zh, en, facts, kinds, demands, prev, published_by, seconded_by
  FROM policy_version ORDER BY number;
-- name: policy_version_state
-- How many there are, how many of them are in force, which demands consent now, and which will, from when.
SELECT count(*), coalesce(sum(effective_ms <= $1), 0),
       coalesce(max(CASE WHEN demands AND effective_ms <= $1 THEN number END), 0),
       coalesce(min(CASE WHEN demands AND effective_ms > $1 THEN number END), 0),
       coalesce(min(CASE WHEN demands AND effective_ms > $1 THEN effective_ms END), 0)
  FROM policy_version;

-- name: assessment_add
INSERT INTO assessment (id, scope, purpose, necessity, impact, measures, risk, author, valid_until_ms, created_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);
-- name: assessment_list
SELECT id, scope, purpose, necessity, impact, measures, risk, author, coalesce(approver, 0), valid_until_ms,
       created_ms, coalesce(approved_ms, 0) FROM assessment ORDER BY created_ms, id;
-- name: assessment_get
SELECT id, scope, purpose, necessity, impact, measures, risk, author, coalesce(approver, 0), valid_until_ms,
       created_ms, coalesce(approved_ms, 0) FROM assessment WHERE id = $1;
-- name: assessment_approve
UPDATE assessment SET approver = $2, approved_ms = $3 WHERE id = $1 AND approver IS NULL;
-- name: assessment_drop
DELETE FROM assessment WHERE id = $1 AND created_ms <= $2;

-- name: notice_open
INSERT INTO notice (version, reached, put, unreachable, bounced, created_ms) VALUES ($1, 0, 0, 0, 0, $2);
-- name: notice_next
-- The one to go on with; those of versions that are in force and have reached everybody are done.
SELECT version, reached, put, unreachable, bounced, created_ms, coalesce(done_ms, 0) FROM notice
 WHERE done_ms IS NULL ORDER BY version LIMIT 1;
-- name: notice_last
SELECT version, reached, put, unreachable, bounced, created_ms, coalesce(done_ms, 0) FROM notice
 ORDER BY version DESC LIMIT 1;
-- name: notice_accounts
SELECT number FROM account WHERE number > $1 ORDER BY number LIMIT $2;
-- name: notice_person_add
-- Nobody twice, and nobody who is leaving.
INSERT INTO notice_person (account, version, channel, state, time_ms)
SELECT number, $2, $3, $4, $5 FROM account WHERE number = $1 AND state <> 'erasing'
    ON CONFLICT DO NOTHING;
-- name: notice_person_get
SELECT channel, state, time_ms FROM notice_person WHERE account = $1 AND version = $2;
-- name: notice_person_list
SELECT version, channel, state, time_ms FROM notice_person WHERE account = $1 ORDER BY version;
-- name: notice_person_bounced
UPDATE notice_person SET state = 'bounced', time_ms = $3 WHERE account = $1 AND version = $2 AND state = 'put';
-- name: notice_reach
UPDATE notice SET reached = $2, put = put + $3, unreachable = unreachable + $4 WHERE version = $1;
-- name: notice_bounce
UPDATE notice SET bounced = bounced + 1 WHERE version = $1;
-- name: notice_done
UPDATE notice SET done_ms = $2 WHERE version = $1;

-- name: transfer_add
INSERT INTO transfer (id, recipient, contact, reason, asked_by, created_ms, persons) VALUES ($1, $2, $3, $4, $5, $6, 0);
-- name: transfer_get
SELECT id, recipient, contact, reason, asked_by, coalesce(approved_by, 0), created_ms, coalesce(approved_ms, 0),
       coalesce(exported_ms, 0), persons FROM transfer WHERE id = $1;
-- name: transfer_list
SELECT id, recipient, contact, reason, asked_by, coalesce(approved_by, 0), created_ms, coalesce(approved_ms, 0),
       coalesce(exported_ms, 0), persons FROM transfer ORDER BY created_ms, id;
-- name: transfer_approve
UPDATE transfer SET approved_by = $2, approved_ms = $3 WHERE id = $1 AND approved_by IS NULL;
-- name: transfer_exported
UPDATE transfer SET exported_ms = $2, persons = $3 WHERE id = $1;
