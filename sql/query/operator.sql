-- name: approval_add
INSERT INTO approval (id, kind, object, asked_by, asked_ms, expires_ms) VALUES ($1, $2, $3, $4, $5, $6);
-- name: approval_get
SELECT id, kind, object, asked_by, asked_ms, approved_by, decided_ms, decision, expires_ms
  FROM approval WHERE id = $1;
-- name: approval_decide
-- Never by whoever asked, never a second time, never too late; of one object not by one person twice ($5: how
-- far back an approval is still good).
UPDATE approval SET approved_by = $2, decided_ms = $3, decision = $4
 WHERE id = $1 AND decision IS NULL AND asked_by <> $2 AND expires_ms > $3
   AND NOT EXISTS (SELECT 1 FROM approval o WHERE o.kind = approval.kind AND o.object = approval.object
                      AND o.approved_by = $2 AND o.decision = 'approved' AND o.decided_ms > $5);
-- name: approval_count
SELECT count(DISTINCT approved_by) FROM approval
 WHERE kind = $1 AND object = $2 AND decision = 'approved' AND decided_ms > $3;
-- name: approval_standing
SELECT id, kind, object, asked_by, asked_ms, approved_by, decided_ms, decision, expires_ms FROM approval
 WHERE kind = $1 AND object = $2 AND asked_by = $3
   AND ((decision IS NULL AND expires_ms > $4) OR (decision = 'approved' AND decided_ms > $5))
 ORDER BY decision IS NULL, asked_ms DESC LIMIT 1;
-- name: approval_open
SELECT id, kind, object, asked_by, asked_ms, approved_by, decided_ms, decision, expires_ms FROM approval
 WHERE decision IS NULL AND expires_ms > $1 ORDER BY asked_ms, id;

-- name: access_add
INSERT INTO access (id, account, staff, purpose, fields, reference_sealed, opened_ms, shown_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
-- name: access_of
-- What the person may see by now.
SELECT id, purpose, fields, opened_ms FROM access WHERE account = $1 AND shown_ms <= $2 ORDER BY opened_ms, id;
-- name: access_secret_until
-- Until when what is done about this person for the law is not told.
SELECT max(until_ms) FROM (
    SELECT h.secret_until_ms AS until_ms FROM held t JOIN hold h ON h.id = t.hold
     WHERE t.account = $1 AND h.state IN ('asked', 'active')
    UNION ALL
    SELECT r.deferred_ms FROM disclosure_subject s JOIN disclosure r ON r.id = s.disclosure
     WHERE s.account = $1 AND r.notice_ms IS NULL
    UNION ALL SELECT 0);

-- name: authority_put
INSERT INTO authority (name, jurisdiction, contact, since_ms) VALUES ($1, $2, $3, $4)
    ON CONFLICT (name) DO UPDATE SET jurisdiction = excluded.jurisdiction, contact = excluded.contact;
-- name: authority_has
SELECT 1 FROM authority WHERE name = $1 AND jurisdiction = 'CN';
-- name: consent_is_of
SELECT 1 FROM consent WHERE receipt = $1 AND account = $2;

-- name: objection_add
INSERT INTO objection (account, created_ms) VALUES ($1, $2) ON CONFLICT DO NOTHING;
-- name: objection_get
SELECT created_ms FROM objection WHERE account = $1;

-- name: disclosure_add
INSERT INTO disclosure (id, authority, jurisdiction, doc_type, doc_name, doc_sha256, office_sealed, statute, scope,
                        exception, received_ms, order_ends_ms, verified_by, decision, decided_ms, refusal,
                        fields_released, deferred_ms, notice_statute)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, '', $17, $18);
-- name: disclosure_subject_add
INSERT INTO disclosure_subject (disclosure, account) VALUES ($1, $2);
-- name: disclosure_document_add
INSERT INTO disclosure_document (disclosure, part, sealed) VALUES ($1, $2, $3);
-- name: disclosure_document_get
SELECT sealed FROM disclosure_document WHERE disclosure = $1 AND part = $2;
-- name: disclosure_get
SELECT r.id, r.authority, r.jurisdiction, r.doc_type, r.doc_name, r.doc_sha256, r.office_sealed, r.statute, r.scope,
       r.decision, r.refusal, r.fields_released, r.notice_statute, r.exception, r.verified_by, r.approved_by,
       r.released_by, r.received_ms, r.order_ends_ms, r.decided_ms, r.released_ms, r.review_due_ms, r.reviewed_ms,
       r.escalated_ms, r.deferred_ms, r.notice_ms, s.account
  FROM disclosure r LEFT JOIN disclosure_subject s ON s.disclosure = r.id WHERE r.id = $1;
-- name: disclosure_list
SELECT r.id, r.authority, r.jurisdiction, r.doc_type, r.doc_name, r.doc_sha256, r.office_sealed, r.statute, r.scope,
       r.decision, r.refusal, r.fields_released, r.notice_statute, r.exception, r.verified_by, r.approved_by,
       r.released_by, r.received_ms, r.order_ends_ms, r.decided_ms, r.released_ms, r.review_due_ms, r.reviewed_ms,
       r.escalated_ms, r.deferred_ms, r.notice_ms, s.account
  FROM disclosure r LEFT JOIN disclosure_subject s ON s.disclosure = r.id ORDER BY r.received_ms, r.id;
-- name: disclosure_of_account
SELECT r.id, r.authority, r.jurisdiction, r.doc_type, r.doc_name, r.doc_sha256, r.office_sealed, r.statute, r.scope,
       r.decision, r.refusal, r.fields_released, r.notice_statute, r.exception, r.verified_by, r.approved_by,
       r.released_by, r.received_ms, r.order_ends_ms, r.decided_ms, r.released_ms, r.review_due_ms, r.reviewed_ms,
       r.escalated_ms, r.deferred_ms, r.notice_ms, s.account
  FROM disclosure r JOIN disclosure_subject s ON s.disclosure = r.id
 WHERE s.account = $1 AND r.notice_ms IS NOT NULL ORDER BY r.released_ms, r.id;
-- name: disclosure_decide
UPDATE disclosure SET decision = $2, approved_by = $3, decided_ms = $4, refusal = $5
 WHERE id = $1 AND decision IN ('open', 'approved');
-- name: disclosure_set_released
UPDATE disclosure SET decision = 'released', fields_released = $2, released_by = $3, released_ms = $4, review_due_ms = $5
 WHERE id = $1 AND decision = 'approved';
-- name: disclosure_set_extract
UPDATE disclosure_subject SET extract_sealed = $2, extract_ends_ms = $3 WHERE disclosure = $1;
-- name: disclosure_get_extract
SELECT extract_sealed FROM disclosure_subject WHERE disclosure = $1 AND extract_ends_ms > $2;
-- name: disclosure_extract_reap
UPDATE disclosure_subject SET extract_sealed = NULL, extract_ends_ms = NULL WHERE extract_ends_ms <= $1;
-- name: disclosure_set_reviewed
UPDATE disclosure SET reviewed_ms = $2 WHERE id = $1 AND review_due_ms IS NOT NULL AND reviewed_ms IS NULL;
-- name: disclosure_unreviewed
SELECT id FROM disclosure WHERE review_due_ms <= $1 AND reviewed_ms IS NULL AND escalated_ms IS NULL LIMIT 1;
-- name: disclosure_set_escalated
UPDATE disclosure SET escalated_ms = $2 WHERE id = $1;
-- name: disclosure_overdue
SELECT count(*) FROM disclosure WHERE review_due_ms <= $1 AND reviewed_ms IS NULL;
-- name: disclosure_untold
SELECT r.id FROM disclosure r
 WHERE r.decision = 'released' AND r.notice_ms IS NULL AND r.deferred_ms <= $1 LIMIT 1;
-- name: disclosure_set_told
UPDATE disclosure SET notice_ms = $2 WHERE id = $1;
-- name: disclosure_document_reap
-- The documents of what was decided that long ago.
DELETE FROM disclosure_document WHERE disclosure IN
       (SELECT id FROM disclosure WHERE decided_ms <= $1 AND (notice_ms IS NOT NULL OR decision = 'refused'));
-- name: disclosure_office_reap
UPDATE disclosure SET office_sealed = x'' WHERE decided_ms <= $1 AND length(office_sealed) > 0;
-- name: hold_reason_reap
UPDATE hold SET reason_sealed = x'' WHERE ended_ms <= $1 AND length(reason_sealed) > 0;

-- name: duty_last
SELECT opened_ms, due_ms, done_ms FROM duty WHERE kind = $1 ORDER BY due_ms DESC LIMIT 1;
-- name: duty_add
INSERT INTO duty (kind, opened_ms, due_ms, count) VALUES ($1, $2, $3, $4);
-- name: duty_list
SELECT kind, opened_ms, due_ms, count, done_ms FROM duty ORDER BY done_ms IS NOT NULL, due_ms;
-- name: duty_done
UPDATE duty SET done_ms = $2, done_by = $3 WHERE kind = $1 AND done_ms IS NULL;
-- name: account_last_number
-- Never less than the number of accounts there are: numbers are not used twice.
SELECT coalesce(max(number), 0) FROM account;
-- name: account_count_live
SELECT count(*) FROM account WHERE state <> 'erasing' AND source <> 'organisation'
   AND number NOT IN (SELECT account FROM uncounted)
   AND number NOT IN (SELECT b.account FROM canary c JOIN blind_index b ON b.kind = 'email' AND b.digest = c.digest);
-- name: account_has_minor
SELECT 1 FROM account WHERE age <> 'adult' AND state <> 'erasing' LIMIT 1;

-- name: partner_add
INSERT INTO partner (id, name, evidence_sha256, from_ms, until_ms, entered_by) VALUES ($1, $2, $3, $4, $5, $6);
-- name: partner_drop
DELETE FROM partner WHERE id = $1;
-- name: partner_valid
SELECT id, name, evidence_sha256, from_ms, until_ms FROM partner WHERE from_ms <= $1 AND until_ms > $1 ORDER BY name, id;
-- name: partner_list
SELECT id, name, evidence_sha256, from_ms, until_ms FROM partner ORDER BY name, id;

-- name: roster_add
INSERT INTO roster (id, account, from_ms, until_ms) VALUES ($1, $2, $3, $4);
-- name: roster_drop
DELETE FROM roster WHERE id = $1;
-- name: roster_list
SELECT r.id, r.account, a.subject, r.from_ms, r.until_ms FROM roster r JOIN account a ON a.number = r.account
 WHERE r.until_ms > $1 ORDER BY r.from_ms, r.id;
-- name: roster_covers
-- Until when whoever is on duty at $1 stays longest; nothing: nobody is. Only the staff of today counts.
SELECT max(r.until_ms) FROM roster r JOIN staff s ON s.account = r.account WHERE r.from_ms <= $1 AND r.until_ms > $1;
-- name: roster_next
SELECT min(r.from_ms) FROM roster r JOIN staff s ON s.account = r.account WHERE r.from_ms > $1;

-- name: traffic_day_sum
INSERT INTO traffic_day (day, calls) SELECT minute / 1440, sum(calls) FROM traffic_minute WHERE minute >= $1
 GROUP BY minute / 1440 ON CONFLICT (day) DO UPDATE SET calls = excluded.calls;
-- name: traffic_day_reap
DELETE FROM traffic_day WHERE day < $1;
-- name: claim_calls
-- Less those of the canary that were stored when its account was gone already.
SELECT max(0, coalesce(sum(calls), 0) - (SELECT value FROM counter WHERE name = 'canary_calls'))
  FROM traffic_day WHERE day >= $1;
-- name: claim_put
INSERT INTO claim_value (id, value, as_of_ms) VALUES ($1, $2, $3)
    ON CONFLICT (id) DO UPDATE SET value = excluded.value, as_of_ms = excluded.as_of_ms;
-- name: claim_get
SELECT value, as_of_ms FROM claim_value WHERE id = $1;

-- name: audit_of_actor
SELECT seq, time_ms, action, object, purpose FROM audit_entry WHERE actor = $1 ORDER BY seq DESC LIMIT $2;
-- name: account_by_subject
SELECT number FROM account WHERE subject = $1;
-- name: audit_count_of_action
SELECT count(*) FROM audit_entry WHERE action = $1;
-- name: disclosure_document_reap_one
DELETE FROM disclosure_document WHERE disclosure = $1;

-- name: probe_bad_holds
SELECT count(*) FROM hold h WHERE h.state = 'active'
   AND (h.until_ms <= $1 OR h.approvers > (SELECT count(DISTINCT a.approved_by) FROM approval a
         WHERE a.kind = 'hold' AND a.object = h.id AND a.decision = 'approved' AND a.approved_by <> h.opened_by));
-- name: probe_disclosures
SELECT count(*) FROM disclosure;
-- name: probe_bad_disclosures
SELECT count(*) FROM disclosure WHERE decision = 'released'
   AND (approved_by IS NULL OR approved_by = verified_by
        OR (notice_ms IS NULL AND deferred_ms <= $1 AND released_ms <= $1));
