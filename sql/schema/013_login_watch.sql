-- How many log-ins fail in all, in slots of five minutes, and those whose line in the network log waits for its job.
CREATE TABLE login_rate (
    slot     INTEGER PRIMARY KEY,                      -- five minutes since 1970
    failures INTEGER NOT NULL
);

-- One of a name that nobody has looks the same, and is thrown away by the job.
CREATE TABLE login_trace (
    id             INTEGER PRIMARY KEY,
    digest         BLOB    NOT NULL,                   -- of the name, as in blind_index
    address_sealed BLOB    NOT NULL,                   -- personal; under the office's key
    time_ms        INTEGER NOT NULL
);
CREATE INDEX login_trace_digest ON login_trace (digest);
CREATE INDEX login_trace_time ON login_trace (time_ms);
