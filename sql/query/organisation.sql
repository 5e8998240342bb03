-- name: organisation_add
INSERT INTO organisation (account, verified_ms, verified_by, evidence_sealed) VALUES ($1, 0, 0, x'');
-- name: organisation_enter
-- The organisation of this subject and the person's place in it; nothing where he has none.
SELECT m.organisation, m.role, m.since_ms, o.verified_ms
  FROM account a JOIN organisation o ON o.account = a.number
  JOIN member m ON m.organisation = a.number AND m.account = $2
 WHERE a.subject = $1 AND a.state <> 'erasing';
-- name: organisation_of
SELECT m.organisation, m.role, m.since_ms, o.verified_ms, a.subject,
       (SELECT count(*) FROM member p WHERE p.organisation = m.organisation),
       (SELECT count(*) FROM member p WHERE p.organisation = m.organisation AND p.role = 'owner')
  FROM member m JOIN organisation o ON o.account = m.organisation JOIN account a ON a.number = m.organisation
 WHERE m.account = $1 AND a.state <> 'erasing' ORDER BY m.since_ms, m.organisation;
-- name: organisation_walk
SELECT o.account, o.verified_ms, a.subject,
       (SELECT count(*) FROM member p WHERE p.organisation = o.account)
  FROM organisation o JOIN account a ON a.number = o.account
 WHERE o.account > $1 AND a.state <> 'erasing' ORDER BY o.account LIMIT 1;
-- name: organisation_by_subject
SELECT o.account FROM account a JOIN organisation o ON o.account = a.number
 WHERE a.subject = $1 AND a.state <> 'erasing';
-- name: organisation_verify
UPDATE organisation SET verified_ms = $2, verified_by = $3, evidence_sealed = $4 WHERE account = $1;
-- name: organisation_evidence
SELECT verified_ms, verified_by, evidence_sealed FROM organisation WHERE account = $1;
-- name: organisation_count_verified
SELECT count(*) FROM organisation o JOIN account a ON a.number = o.account
 WHERE o.verified_ms > 0 AND a.state = 'active';

-- name: member_add
INSERT INTO member (organisation, account, role, since_ms) VALUES ($1, $2, $3, $4);
-- name: member_list
SELECT m.account, a.subject, m.role, m.since_ms FROM member m JOIN account a ON a.number = m.account
 WHERE m.organisation = $1 AND a.state <> 'erasing' ORDER BY m.since_ms, a.number;
-- name: member_by_subject
SELECT m.account, m.role FROM member m JOIN account a ON a.number = m.account
 WHERE m.organisation = $1 AND a.subject = $2 AND a.state <> 'erasing';
-- name: member_set_role
UPDATE member SET role = $3 WHERE organisation = $1 AND account = $2;
-- name: member_drop
DELETE FROM member WHERE organisation = $1 AND account = $2;
-- name: member_drop_all
DELETE FROM member WHERE account = $1;
-- name: member_count
SELECT count(*), coalesce(sum(role = 'owner'), 0) FROM member WHERE organisation = $1;
-- name: member_count_of
SELECT count(*) FROM member WHERE account = $1;
-- name: member_heir
-- Who comes after the owner: the highest role, then whoever has been there longest.
SELECT m.account FROM member m JOIN account a ON a.number = m.account
 WHERE m.organisation = $1 AND m.account <> $2 AND a.state = 'active'
 ORDER BY CASE m.role WHEN 'owner' THEN 0 WHEN 'admin' THEN 1 WHEN 'developer' THEN 2 ELSE 3 END,
          m.since_ms, m.account LIMIT 1;

-- name: invitation_add
INSERT INTO invitation (id, organisation, digest, role, contact_sealed, expires_ms) VALUES ($1, $2, $3, $4, $5, $6);
-- name: invitation_list
SELECT id, role, contact_sealed, expires_ms FROM invitation WHERE organisation = $1 AND expires_ms > $2
 ORDER BY expires_ms, id;
-- name: invitation_count
SELECT count(*) FROM invitation WHERE organisation = $1 AND expires_ms > $2;
-- name: invitation_take
-- Once, however many come at one time.
DELETE FROM invitation WHERE digest = $1 AND expires_ms > $2 RETURNING organisation, role;
-- name: invitation_drop
DELETE FROM invitation WHERE organisation = $1 AND id = $2;
-- name: invitation_reap
DELETE FROM invitation WHERE expires_ms <= $1;
