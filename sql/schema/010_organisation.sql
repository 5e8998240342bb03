-- Accounts that several persons share. An organisation is a row of `account` with a number, a subject and a key
-- of its own, so tokens, ledger, usage and erasure know no difference; it has no password, no contact and no
-- name that anybody could log in with. Its name is account.username_sealed.
CREATE TABLE organisation (
    account         INTEGER PRIMARY KEY REFERENCES account (number),
    verified_ms     INTEGER NOT NULL,                  -- by the operator's staff; 0: not
    verified_by     INTEGER NOT NULL,                  -- a subject
    evidence_sealed BLOB    NOT NULL                   -- what it was verified by: a register's number, a file's
);

CREATE TABLE member (
    organisation INTEGER NOT NULL REFERENCES organisation (account),
    account      INTEGER NOT NULL REFERENCES account (number),
    role         TEXT    NOT NULL CHECK (role IN ('owner', 'admin', 'developer', 'reader')), -- personal
    since_ms     INTEGER NOT NULL,                     -- personal; when he agreed to it
    PRIMARY KEY (organisation, account)
) WITHOUT ROWID;
CREATE INDEX member_account ON member (account);

-- A code on its way to somebody. The address is sealed under the organisation's key, for its admins to see
-- whom they asked.
CREATE TABLE invitation (
    id             INTEGER PRIMARY KEY,                -- random
    organisation   INTEGER NOT NULL REFERENCES organisation (account),
    digest         BLOB    NOT NULL UNIQUE,            -- of the code, keyed
    role           TEXT    NOT NULL CHECK (role IN ('admin', 'developer', 'reader')),
    contact_sealed BLOB    NOT NULL,                   -- personal, of somebody who may be no person of ours
    expires_ms     INTEGER NOT NULL
);
CREATE INDEX invitation_organisation ON invitation (organisation);
