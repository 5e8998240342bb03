-- name: ticket_add
INSERT INTO ticket (number, account, kind, source, language, is_privacy, contact_sealed, sensitive_ms, digest, round,
                    created_ms, expires_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, 0);
-- name: ticket_get
SELECT t.number, t.account, t.kind, t.source, t.language, t.is_privacy, t.contact_sealed, t.contact_proved,
       t.round, t.created_ms, t.expires_ms, r.opened_ms, r.inner_ms, r.due_ms, r.handler, r.taken_ms, r.outcome,
       r.closed_ms, r.draft_sealed
  FROM ticket t JOIN ticket_round r ON r.ticket = t.number AND r.round = t.round WHERE t.number = $1;
-- name: ticket_twin
SELECT number FROM ticket WHERE digest = $1 AND created_ms > $2 AND created_ms <= $3 ORDER BY created_ms LIMIT 1;
-- name: ticket_prove
UPDATE ticket SET contact_proved = 1 WHERE number = $1;
-- name: ticket_of_account
SELECT number FROM ticket WHERE account = $1 ORDER BY created_ms, number;
-- name: ticket_walk
-- For the staff: what is open first, nearest clock first; then what was closed last.
SELECT t.number FROM ticket t JOIN ticket_round r ON r.ticket = t.number AND r.round = t.round
 WHERE (r.closed_ms > 0) = $1 ORDER BY CASE WHEN r.closed_ms > 0 THEN -r.closed_ms ELSE r.inner_ms END, t.number
 LIMIT $2;

-- name: ticket_round_add
INSERT INTO ticket_round (ticket, round, opened_ms, inner_ms, due_ms, next_mark_ms) VALUES ($1, $2, $3, $4, $5, $6);
-- name: ticket_round_list
SELECT round, opened_ms, inner_ms, due_ms, handler, taken_ms, outcome, closed_ms FROM ticket_round
 WHERE ticket = $1 ORDER BY round;
-- name: ticket_round_take
UPDATE ticket_round SET handler = $3, taken_ms = $4 WHERE ticket = $1 AND round = $2 AND closed_ms = 0;
-- name: ticket_round_draft
UPDATE ticket_round SET outcome = $3, draft_sealed = $4 WHERE ticket = $1 AND round = $2 AND closed_ms = 0;
-- name: ticket_round_close
UPDATE ticket_round SET closed_ms = $3, draft_sealed = NULL WHERE ticket = $1 AND round = $2 AND closed_ms = 0;
-- name: ticket_handled_by
-- Whether this person had an earlier round.
SELECT 1 FROM ticket_round WHERE ticket = $1 AND round < $2 AND handler = $3 LIMIT 1;
-- name: ticket_expire
UPDATE ticket SET expires_ms = $2 WHERE number = $1;
-- name: ticket_reopen
UPDATE ticket SET round = $2, expires_ms = 0 WHERE number = $1;
-- name: ticket_tag
UPDATE ticket SET is_privacy = 1 WHERE number = $1;

-- name: ticket_message_add
INSERT INTO ticket_message (id, ticket, round, author, sealed, created_ms) VALUES ($1, $2, $3, $4, $5, $6);
-- name: ticket_message_list
SELECT id, round, author, sealed, created_ms FROM ticket_message WHERE ticket = $1
 ORDER BY round, created_ms, author = 'final', id;
-- name: ticket_message_count
SELECT count(*) FROM ticket_message WHERE ticket = $1 AND author = 'person';

-- name: ticket_sign_put
INSERT INTO ticket_sign (ticket, round, role, signer, signed_ms) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (ticket, round, role) DO NOTHING;
-- name: ticket_sign_list
SELECT role, signer, signed_ms FROM ticket_sign WHERE ticket = $1 AND round = $2 ORDER BY signed_ms;
-- name: ticket_sign_clear
DELETE FROM ticket_sign WHERE ticket = $1 AND round = $2;

-- name: ticket_mark_due
SELECT ticket, round, opened_ms, inner_ms, due_ms, marked_inner, marked_due FROM ticket_round
 WHERE closed_ms = 0 AND next_mark_ms <= $1 ORDER BY next_mark_ms LIMIT 1;
-- name: ticket_mark_put
UPDATE ticket_round SET marked_inner = $3, marked_due = $4, next_mark_ms = $5 WHERE ticket = $1 AND round = $2;
-- name: ticket_count_open
SELECT count(*), coalesce(sum(due_ms <= $1), 0), coalesce(sum(inner_ms <= $1), 0) FROM ticket_round WHERE closed_ms = 0;
-- name: ticket_count_closed
-- How long answers took, in whole days, of those of the time that is asked for.
SELECT (closed_ms - opened_ms) / 86400000, count(*), sum(closed_ms > due_ms), sum(closed_ms > inner_ms)
  FROM ticket_round WHERE closed_ms > $1 GROUP BY 1 ORDER BY 1;

-- name: ticket_reap_next
SELECT number FROM ticket WHERE expires_ms > 0 AND expires_ms <= $1 LIMIT 1;
-- name: ticket_reap_messages
DELETE FROM ticket_message WHERE ticket = $1;
-- name: ticket_reap_signs
DELETE FROM ticket_sign WHERE ticket = $1;
-- name: ticket_reap_rounds
DELETE FROM ticket_round WHERE ticket = $1;
-- name: ticket_reap
DELETE FROM ticket WHERE number = $1;
-- name: probe_old_tickets
SELECT count(*) FROM ticket WHERE expires_ms > 0 AND expires_ms < $1;
