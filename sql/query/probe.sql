-- name: probe_old_sessions
SELECT count(*) FROM session WHERE ends_ms < $1;
-- name: probe_old_flows
SELECT count(*) FROM flow WHERE expires_ms < $1;
-- name: probe_old_throttles
SELECT count(*) FROM throttle WHERE last_ms < $1;
-- name: probe_old_traffic
SELECT count(*) FROM traffic_minute WHERE minute < $1 / 60000;
-- name: probe_old_erasures
SELECT count(*) FROM erasure WHERE done_ms IS NULL AND started_ms < $1;
-- name: probe_agreed_texts
SELECT DISTINCT version, text_hash FROM consent WHERE purpose = 'policy';
-- name: probe_unagreed
SELECT count(*) FROM account a
 WHERE source = 'subject' AND state = 'active' AND NOT EXISTS
       (SELECT 1 FROM consent c WHERE c.account = a.number AND c.purpose = 'policy');
-- name: probe_unguarded
SELECT count(*) FROM account a
 WHERE guarded = 1 AND state = 'active' AND NOT EXISTS (SELECT 1 FROM guardian g WHERE g.account = a.number);
-- name: probe_first_entry
-- When the service began to be used; older entries may have been pruned.
SELECT coalesce(min(time_ms), 0) FROM audit_entry;
