-- name: usage_hour_add
INSERT INTO usage_hour (account, token, api, hour, class, calls, units) VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT DO UPDATE SET calls = calls + excluded.calls, units = units + excluded.units;
-- name: usage_day_add
INSERT INTO usage_day (account, token, day, calls, units) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT DO UPDATE SET calls = calls + excluded.calls, units = units + excluded.units;
-- name: traffic_add
INSERT INTO traffic_minute (minute, api, status, calls, units) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT DO UPDATE SET calls = calls + excluded.calls, units = units + excluded.units;
-- name: traffic_reap
DELETE FROM traffic_minute WHERE minute < $1;
-- name: traffic_since
SELECT api, sum(calls), sum(CASE WHEN status >= 500 THEN calls ELSE 0 END), sum(units)
  FROM traffic_minute WHERE minute >= $1 GROUP BY api ORDER BY api;

-- name: usage_by_hour
SELECT hour, sum(calls), sum(units), sum(CASE WHEN class = 2 THEN calls ELSE 0 END) FROM usage_hour
 WHERE account = $1 AND hour BETWEEN $2 AND $3 GROUP BY hour ORDER BY hour;
-- name: usage_by_day
SELECT (hour + $4) / 24, sum(calls), sum(units), sum(CASE WHEN class = 2 THEN calls ELSE 0 END) FROM usage_hour
 WHERE account = $1 AND hour BETWEEN $2 AND $3 GROUP BY 1 ORDER BY 1;
-- name: usage_by_api
SELECT api, sum(calls), sum(units), sum(CASE WHEN class = 2 THEN calls ELSE 0 END) FROM usage_hour
 WHERE account = $1 AND hour BETWEEN $2 AND $3 GROUP BY api ORDER BY 2 DESC, api;
-- name: usage_by_token
SELECT token, sum(calls), sum(units), sum(CASE WHEN class = 2 THEN calls ELSE 0 END) FROM usage_hour
 WHERE account = $1 AND hour BETWEEN $2 AND $3 GROUP BY token ORDER BY 2 DESC, token;
-- name: usage_everything
SELECT token, api, hour, class, calls, units FROM usage_hour WHERE account = $1 ORDER BY hour, token, api, class;
-- name: usage_token_days
SELECT coalesce(sum(CASE WHEN day = $3 THEN units ELSE 0 END), 0), coalesce(sum(units), 0) FROM usage_day
 WHERE account = $1 AND token = $2 AND day BETWEEN $4 AND $5;
