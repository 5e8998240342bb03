-- Accounts, tokens, plans, usage. Columns marked "personal" say something about a person; what is sealed
-- is unreadable without that person's key, which stands in the other file (keys.subject_key).

-- The key of each person, wrapped by the master key. In a file of its own, which is never backed up
-- with the data: once the row is gone, every copy of the data is unreadable.
CREATE TABLE IF NOT EXISTS keys.subject_key (
    subject INTEGER PRIMARY KEY,                    -- account.subject
    epoch   INTEGER NOT NULL,                       -- of the wrapping key
    wrapped BLOB    NOT NULL
);

CREATE TABLE account (
    number          INTEGER PRIMARY KEY AUTOINCREMENT, -- 1 ..; in the catalogue; never used twice
    subject         INTEGER NOT NULL UNIQUE,           -- random, public
    state           TEXT    NOT NULL CHECK (state IN ('active', 'suspended', 'erasing')),
    age             TEXT    NOT NULL CHECK (age IN ('adult', 'teen')), -- personal
    username_sealed BLOB    NOT NULL,                  -- personal
    password_sealed BLOB,                              -- personal; none: made by the operator
    source          TEXT    NOT NULL CHECK (source IN ('subject', 'operator', 'organisation')),
    created_ms      INTEGER NOT NULL
);

CREATE TABLE contact (
    account    INTEGER NOT NULL REFERENCES account (number),
    kind       TEXT    NOT NULL CHECK (kind IN ('email', 'phone')),
    sealed     BLOB    NOT NULL,                       -- personal
    created_ms INTEGER NOT NULL,
    PRIMARY KEY (account, kind)
) WITHOUT ROWID;

-- Whose name, address or number this is, by keyed hash. Derived, so no backup needs it.
CREATE TABLE blind_index (
    kind    TEXT    NOT NULL CHECK (kind IN ('username', 'email', 'phone')),
    digest  BLOB    NOT NULL,                          -- personal
    account INTEGER NOT NULL REFERENCES account (number),
    PRIMARY KEY (kind, digest)
) WITHOUT ROWID;
CREATE INDEX blind_index_account ON blind_index (account);

CREATE TABLE session (
    digest     BLOB    PRIMARY KEY,                    -- of the cookie, keyed
    account    INTEGER NOT NULL REFERENCES account (number),
    created_ms INTEGER NOT NULL,                       -- personal
    seen_ms    INTEGER NOT NULL,                       -- personal
    ends_ms    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX session_account ON session (account);

-- A code that was sent and is waited for. The data of what it is for is sealed under a key that only
-- the holder of the flow's name can make.
CREATE TABLE flow (
    digest     BLOB    PRIMARY KEY,                    -- of the flow's name, keyed
    purpose    TEXT    NOT NULL CHECK (purpose IN ('register', 'contact')),
    code_mac   BLOB    NOT NULL,
    tries      INTEGER NOT NULL,
    used       INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    sealed     BLOB    NOT NULL                        -- personal
) WITHOUT ROWID;

-- How often lately: messages to a target, messages asked by an address prefix, failed log-ins.
CREATE TABLE throttle (
    kind     TEXT    NOT NULL,
    digest   BLOB    NOT NULL,                         -- personal; keyed
    since_ms INTEGER NOT NULL,
    last_ms  INTEGER NOT NULL,
    count    INTEGER NOT NULL,
    PRIMARY KEY (kind, digest)
) WITHOUT ROWID;

CREATE TABLE consent (
    receipt    TEXT    PRIMARY KEY,
    account    INTEGER NOT NULL REFERENCES account (number),
    version    TEXT    NOT NULL,
    text_hash  TEXT    NOT NULL,                       -- of the policy's text that was in force
    act        TEXT    NOT NULL,                       -- personal
    language   TEXT    NOT NULL,                       -- personal
    created_ms INTEGER NOT NULL                        -- personal
) WITHOUT ROWID;
CREATE INDEX consent_account ON consent (account);

CREATE TABLE plan (
    id            INTEGER PRIMARY KEY,
    name          TEXT    NOT NULL UNIQUE,
    rate          INTEGER NOT NULL,
    quota_day     INTEGER NOT NULL,
    quota_month   INTEGER NOT NULL,
    price_percent INTEGER NOT NULL
);
INSERT INTO plan VALUES (1, 'unlimited', 0, 0, 0, 100), (2, 'free', 20, 10000, 200000, 100);

CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counter VALUES ('ledger_row', 0), ('ledger_epoch', 0);

CREATE TABLE token (
    id          INTEGER PRIMARY KEY,                   -- random, public
    account     INTEGER NOT NULL REFERENCES account (number),
    digest      BLOB    NOT NULL,
    name_sealed BLOB    NOT NULL,                      -- personal
    plan        INTEGER NOT NULL REFERENCES plan (id),
    ledger_row  INTEGER NOT NULL UNIQUE,               -- never used twice
    expires_s   INTEGER NOT NULL,                      -- 0: never
    created_ms  INTEGER NOT NULL,
    revoked_ms  INTEGER NOT NULL                       -- 0: live
);
CREATE INDEX token_account ON token (account);

CREATE TABLE token_rule (
    token INTEGER NOT NULL REFERENCES token (id),
    kind  TEXT    NOT NULL CHECK (kind IN ('ip', 'api')),
    value TEXT    NOT NULL,                            -- personal
    PRIMARY KEY (token, kind, value)
) WITHOUT ROWID;

-- What the publisher has to look at again; written in the transaction of the change itself.
CREATE TABLE change (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind   TEXT    NOT NULL CHECK (kind IN ('token', 'plan')),
    id     INTEGER NOT NULL
);
INSERT INTO change (kind, id) VALUES ('plan', 1), ('plan', 2);

-- Sums of calls. hour: Unix hours; day: days since 1970 in the service's zone; class: 2 = 2xx ….
CREATE TABLE usage_hour (
    account INTEGER NOT NULL,                          -- personal
    token   INTEGER NOT NULL,
    api     INTEGER NOT NULL,
    hour    INTEGER NOT NULL,
    class   INTEGER NOT NULL,
    calls   INTEGER NOT NULL,
    units   INTEGER NOT NULL,
    PRIMARY KEY (account, hour, token, api, class)
) WITHOUT ROWID;
CREATE TABLE usage_day (
    account INTEGER NOT NULL,                          -- personal
    token   INTEGER NOT NULL,
    day     INTEGER NOT NULL,
    calls   INTEGER NOT NULL,
    units   INTEGER NOT NULL,
    PRIMARY KEY (account, day, token)
) WITHOUT ROWID;

-- All callers together, of nobody in particular; kept 90 days.
CREATE TABLE traffic_minute (
    minute INTEGER NOT NULL,
    api    INTEGER NOT NULL,
    status INTEGER NOT NULL,
    calls  INTEGER NOT NULL,
    units  INTEGER NOT NULL,
    PRIMARY KEY (minute, api, status)
) WITHOUT ROWID;

-- Erasures: which account is being erased, until it is; afterwards the receipt alone.
CREATE TABLE erasure (
    receipt    TEXT    PRIMARY KEY,
    account    INTEGER,
    subject    INTEGER,
    started_ms INTEGER NOT NULL,
    done_ms    INTEGER
) WITHOUT ROWID;
