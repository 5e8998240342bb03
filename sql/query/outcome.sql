-- name: outcome_put
INSERT INTO probe_outcome (probe, time_ms, ok, detail, seq, good_ms) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (probe) DO UPDATE
   SET time_ms = excluded.time_ms, ok = excluded.ok, detail = excluded.detail, seq = excluded.seq,
       good_ms = max(good_ms, excluded.good_ms);
-- name: outcome_get
SELECT time_ms, ok, detail, seq, good_ms FROM probe_outcome WHERE probe = $1;
