-- name: epoch_current
SELECT number, made_ms FROM keys.wrap_epoch ORDER BY number DESC LIMIT 1;
-- name: epoch_add
INSERT INTO keys.wrap_epoch (number, made_ms) VALUES ($1, $2);
-- name: epoch_oldest
SELECT coalesce(min(made_ms), 0) FROM keys.wrap_epoch WHERE destroyed_ms IS NULL;
-- name: epoch_waiting
SELECT count(*) FROM keys.subject_key WHERE epoch < $1;
-- name: epoch_needed
-- The current one, and those that still wrap somebody's key.
SELECT max(number) FROM keys.wrap_epoch HAVING max(number) IS NOT NULL
UNION SELECT epoch FROM (SELECT DISTINCT epoch FROM keys.subject_key) WHERE epoch > 0;
-- name: epoch_batch
SELECT subject, epoch, wrapped FROM keys.subject_key WHERE epoch < $1 ORDER BY epoch LIMIT $2;
-- name: epoch_spent
-- An old key that wraps nothing any more and is still there.
SELECT number FROM keys.wrap_epoch e
 WHERE destroyed_ms IS NULL AND number < (SELECT max(number) FROM keys.wrap_epoch)
   AND NOT EXISTS (SELECT 1 FROM keys.subject_key k WHERE k.epoch = e.number) ORDER BY number LIMIT 1;
-- name: epoch_destroyed
UPDATE keys.wrap_epoch SET destroyed_ms = $2 WHERE number = $1;
-- name: subject_key_set
UPDATE keys.subject_key SET epoch = $2, wrapped = $3 WHERE subject = $1;

-- name: network_log_add
INSERT INTO network_log (id, time_ms, subject, action, address_sealed, is_short) VALUES ($1, $2, $3, $4, $5, 0);
-- name: network_log_long
SELECT n.id, coalesce(a.number, 0), n.address_sealed FROM network_log n LEFT JOIN account a ON a.subject = n.subject
 WHERE n.is_short = 0 AND n.time_ms < $1 ORDER BY n.time_ms LIMIT $2;
-- name: network_log_short
UPDATE network_log SET address_sealed = $2, is_short = 1 WHERE id = $1;

-- name: clock_get
SELECT wall_ms, steady_ms, boot, suspect_ms FROM clock_seen WHERE id = 1;
-- name: clock_put
INSERT INTO clock_seen (id, wall_ms, steady_ms, boot, suspect_ms) VALUES (1, $1, $2, $3, $4)
    ON CONFLICT (id) DO UPDATE SET wall_ms = excluded.wall_ms, steady_ms = excluded.steady_ms, boot = excluded.boot,
       suspect_ms = excluded.suspect_ms;

-- name: dormancy_seen
INSERT INTO dormancy (account, active_ms, notices, noticed_ms) VALUES ($1, $2, 0, 0)
    ON CONFLICT (account) DO UPDATE SET active_ms = max(active_ms, excluded.active_ms), notices = 0, noticed_ms = 0;
-- name: dormancy_next
-- One who has been away since before $1, was told before $2 if at all, and made no call since the day $3.
SELECT a.number, coalesce(m.notices, 0) FROM account a LEFT JOIN dormancy m ON m.account = a.number
 WHERE a.number > $4 AND a.state = 'active' AND a.source = 'subject' AND coalesce(m.active_ms, a.created_ms) < $1
   AND coalesce(m.noticed_ms, 0) < $2
   AND NOT EXISTS (SELECT 1 FROM usage_day u WHERE u.account = a.number AND u.day >= $3)
   AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.account = a.number)
 ORDER BY a.number LIMIT 1;
-- name: dormancy_told
INSERT INTO dormancy (account, active_ms, notices, noticed_ms) VALUES ($1, $2, 1, $3)
    ON CONFLICT (account) DO UPDATE SET notices = notices + 1, noticed_ms = excluded.noticed_ms;
-- name: dormancy_get
SELECT active_ms, notices FROM dormancy WHERE account = $1;

-- name: erasure_echo_put
INSERT OR IGNORE INTO erasure_echo (digest, receipt, ends_ms) SELECT digest, $2, $3 FROM session WHERE account = $1;
-- name: erasure_echo_get
SELECT receipt FROM erasure_echo WHERE digest = $1 AND ends_ms > $2;
-- name: erasure_of_account
SELECT receipt FROM erasure WHERE account = $1;
-- name: erasure_of_subject
SELECT 1 FROM erasure WHERE subject = $1;

-- name: drill_add
INSERT OR REPLACE INTO drill (time_ms, backup_ms, took_ms, is_good) VALUES ($1, $2, $3, $4);
-- name: drill_last
SELECT time_ms, backup_ms, took_ms, is_good FROM drill ORDER BY time_ms DESC LIMIT 1;

-- name: aggregate_clear
DELETE FROM aggregate WHERE month = $1;
-- name: aggregate_groups
-- Persons and calls of one month by API: days $1 to $2 as hours.
SELECT api, count(DISTINCT account), sum(calls) FROM usage_hour
 WHERE hour >= $1 AND hour < $2 AND account NOT IN (SELECT account FROM uncounted) GROUP BY api ORDER BY api;
-- name: aggregate_rest
-- Persons and calls of the APIs that had fewer than $3 each.
SELECT count(DISTINCT account), coalesce(sum(calls), 0) FROM usage_hour
 WHERE hour >= $1 AND hour < $2 AND account NOT IN (SELECT account FROM uncounted)
   AND api IN (SELECT api FROM usage_hour
                WHERE hour >= $1 AND hour < $2 AND account NOT IN (SELECT account FROM uncounted)
                GROUP BY api HAVING count(DISTINCT account) < $3);
-- name: aggregate_put
INSERT OR REPLACE INTO aggregate (month, api, persons, calls) VALUES ($1, $2, $3, $4);
-- name: aggregate_list
SELECT month, api, persons, calls FROM aggregate ORDER BY month, api;
-- name: counter_raise
UPDATE counter SET value = max(value, $2) WHERE name = $1;
