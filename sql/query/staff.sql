-- name: staff_get
SELECT s.roles FROM staff s JOIN account a ON a.number = s.account WHERE s.account = $1 AND a.state = 'active';
-- name: staff_put
INSERT INTO staff (account, roles, since_ms) VALUES ($1, $2, $3)
    ON CONFLICT (account) DO UPDATE SET roles = excluded.roles, since_ms = excluded.since_ms;
-- name: staff_list
SELECT s.account, a.subject, s.roles, s.since_ms FROM staff s JOIN account a ON a.number = s.account
 WHERE a.state = 'active' ORDER BY s.account;
-- name: staff_member
SELECT s.account, a.subject, s.roles, s.since_ms FROM staff s JOIN account a ON a.number = s.account
 WHERE s.account = $1 AND a.state = 'active';
-- name: staff_member_by_subject
SELECT s.account, a.subject, s.roles, s.since_ms FROM staff s JOIN account a ON a.number = s.account
 WHERE a.subject = $1 AND a.state = 'active';
-- name: staff_drop
-- $2: the owner's bit; the last owner stays.
DELETE FROM staff WHERE account = $1
   AND ((roles & $2) = 0 OR (SELECT count(*) FROM staff o WHERE (o.roles & $2) <> 0) > 1);

-- name: staff_invite_add
INSERT INTO staff_invite (digest, account, kind, roles, invited_by, expires_ms) VALUES ($1, $2, $3, $4, $5, $6);
-- name: staff_invite_take
-- $3 0: anybody's. One winner, however many came at once.
DELETE FROM staff_invite WHERE digest = $1 AND kind = $2 AND ($3 = 0 OR account = $3) AND expires_ms > $4
RETURNING account, roles;
-- name: staff_invite_reap
DELETE FROM staff_invite WHERE expires_ms <= $1;
