-- name: staff_get
SELECT roles FROM staff WHERE account = $1;
-- name: staff_put
INSERT INTO staff (account, roles, since_ms) VALUES ($1, $2, $3)
    ON CONFLICT (account) DO UPDATE SET roles = excluded.roles, since_ms = excluded.since_ms;
-- name: staff_list
SELECT account, roles, since_ms FROM staff ORDER BY account;
