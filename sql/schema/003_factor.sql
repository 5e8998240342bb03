-- Log-in and its factors.

-- id: random, public. aal: how many factors were proved, 1 or 2. fresh_ms: when last. remembered: up to 30 days.
ALTER TABLE session ADD COLUMN id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN aal INTEGER NOT NULL DEFAULT 1;
ALTER TABLE session ADD COLUMN fresh_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN remembered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN label_sealed BLOB;
ALTER TABLE session ADD COLUMN prefix_sealed BLOB;

-- The seed of a person's authenticator app. last_step: the newest step whose code was taken.
CREATE TABLE totp (
    account     INTEGER PRIMARY KEY REFERENCES account (number),
    seed_sealed BLOB    NOT NULL,
    last_step   INTEGER NOT NULL,
    confirmed   INTEGER NOT NULL CHECK (confirmed IN (0, 1)),
    created_ms  INTEGER NOT NULL
);

-- One that is used is gone.
CREATE TABLE recovery_code (
    account    INTEGER NOT NULL REFERENCES account (number),
    digest     BLOB    NOT NULL,
    created_ms INTEGER NOT NULL,
    PRIMARY KEY (account, digest)
) WITHOUT ROWID;

-- digest: of the credential's id, keyed. sealed: that id, the algorithm and the public key.
CREATE TABLE passkey (
    id          INTEGER PRIMARY KEY,                   -- random, public
    account     INTEGER NOT NULL REFERENCES account (number),
    digest      BLOB    NOT NULL UNIQUE,
    sealed      BLOB    NOT NULL,
    name_sealed BLOB    NOT NULL,
    counter     INTEGER NOT NULL,
    created_ms  INTEGER NOT NULL,
    used_ms     INTEGER NOT NULL
);
CREATE INDEX passkey_account ON passkey (account);

-- A challenge or a second step that is waited for, ten minutes at most. account 0: nobody, or not known yet.
-- bound: keyed hash of the session it belongs to, or empty. code_mac: of a code that was sent, or empty.
CREATE TABLE login_step (
    digest     BLOB    PRIMARY KEY,
    purpose    TEXT    NOT NULL CHECK (purpose IN ('second', 'login', 'add', 'fresh', 'reset')),
    account    INTEGER NOT NULL,
    bound      BLOB    NOT NULL,
    code_mac   BLOB    NOT NULL,
    remember   INTEGER NOT NULL,
    to_send    INTEGER NOT NULL,
    tries      INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX login_step_account ON login_step (account);

-- Browsers that logged in before, by a cookie of their own; a family's browser may be of several accounts.
CREATE TABLE device (
    digest     BLOB    NOT NULL,
    account    INTEGER NOT NULL REFERENCES account (number),
    created_ms INTEGER NOT NULL,
    seen_ms    INTEGER NOT NULL,
    PRIMARY KEY (digest, account)
) WITHOUT ROWID;
CREATE INDEX device_account ON device (account);

-- Failed log-ins of one name, whether or not somebody has it: digest as in blind_index.
CREATE TABLE login_failure (
    digest   BLOB    PRIMARY KEY,
    since_ms INTEGER NOT NULL,
    count    INTEGER NOT NULL,
    told     INTEGER NOT NULL
) WITHOUT ROWID;
