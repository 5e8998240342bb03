-- Wrapping keys by epochs, the network log, dormant accounts, the clock, restores and figures for the public.

-- Each wrapping key: its number is the name of its file. destroyed_ms: since when nothing opens what it wrapped.
CREATE TABLE IF NOT EXISTS keys.wrap_epoch (
    number       INTEGER PRIMARY KEY,
    made_ms      INTEGER NOT NULL,
    destroyed_ms INTEGER
);
-- Keys from before there were epochs are wrapped by the master key's own; the next epoch wraps them anew.
UPDATE keys.subject_key SET epoch = 0 WHERE NOT EXISTS (SELECT 1 FROM keys.wrap_epoch);
CREATE INDEX IF NOT EXISTS keys.subject_key_epoch ON subject_key (epoch);

-- What the law wants known of the control plane for six months: when, whose random number, what kind of act.
-- The address is sealed under the person's key, cut to its prefix after a week, and nobody's after an erasure.
CREATE TABLE network_log (
    id             INTEGER PRIMARY KEY,
    time_ms        INTEGER NOT NULL,                   -- personal
    subject        INTEGER NOT NULL,
    action         TEXT    NOT NULL CHECK (action IN ('register', 'login', 'login_failed', 'logout', 'token', 'export',
                                                      'correct', 'cancel')),
    address_sealed BLOB    NOT NULL,                   -- personal
    is_short       INTEGER NOT NULL                    -- cut to /24, /48
);
CREATE INDEX network_log_subject ON network_log (subject);
CREATE INDEX network_log_time ON network_log (is_short, time_ms);
CREATE INDEX network_log_age ON network_log (time_ms);

-- When an account was last logged in to or called with, and what was said since then.
CREATE TABLE dormancy (
    account    INTEGER PRIMARY KEY REFERENCES account (number),
    active_ms  INTEGER NOT NULL,                       -- personal
    notices    INTEGER NOT NULL,
    noticed_ms INTEGER NOT NULL
);
CREATE INDEX dormancy_active ON dormancy (active_ms);

-- So that whoever sends his cancellation twice is told the same receipt.
CREATE TABLE erasure_echo (
    digest  BLOB    PRIMARY KEY,
    receipt TEXT    NOT NULL,
    ends_ms INTEGER NOT NULL
) WITHOUT ROWID;

-- The clock as it was seen last, so that a step is noticed.
CREATE TABLE clock_seen (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    wall_ms    INTEGER NOT NULL,
    steady_ms  INTEGER NOT NULL,                       -- since the machine's start
    boot       TEXT    NOT NULL,                       -- which start
    suspect_ms INTEGER NOT NULL                        -- since when it is suspect; 0: it is not
);

CREATE TABLE drill (
    time_ms   INTEGER PRIMARY KEY,
    backup_ms INTEGER NOT NULL,
    took_ms   INTEGER NOT NULL,
    is_good   INTEGER NOT NULL
);

-- Months that nothing leads back from: each line is of twenty persons at least.
CREATE TABLE aggregate (
    month   INTEGER NOT NULL,                          -- months since 1970
    api     INTEGER NOT NULL,                          -- 0: all that had fewer persons
    persons INTEGER NOT NULL,
    calls   INTEGER NOT NULL,
    PRIMARY KEY (month, api)
) WITHOUT ROWID;

INSERT INTO counter VALUES ('erasure_journal', 0), ('aggregate_month', 0);
