-- The policy's versions as they were published, who agreed to which, who was told of which, assessments of
-- impact, and hand-overs of the business.

-- Each text stays as it was published, for ever. facts: what the system did when it was published
-- (domain/facts.h). kinds: bits of the kinds of major change; 0: none. demands: 1 where whoever was there
-- before has to agree to it. prev: digest of the version before it.
CREATE TABLE policy_version (
    number       INTEGER PRIMARY KEY,
    published_ms INTEGER NOT NULL,
    effective_ms INTEGER NOT NULL CHECK (effective_ms >= published_ms),
    digest       TEXT    NOT NULL UNIQUE,
    zh           TEXT    NOT NULL,
    en           TEXT    NOT NULL,
    facts        TEXT    NOT NULL,
    kinds        INTEGER NOT NULL,
    demands      INTEGER NOT NULL,
    prev         TEXT    NOT NULL,
    published_by INTEGER NOT NULL,                     -- a subject; 0: the program's own, or the operator's hand
    seconded_by  INTEGER NOT NULL                      -- a subject; 0: nobody
);
CREATE TRIGGER policy_version_stays BEFORE UPDATE ON policy_version
BEGIN SELECT RAISE (ABORT, 'a published policy is never changed'); END;
CREATE TRIGGER policy_version_is_kept BEFORE DELETE ON policy_version
BEGIN SELECT RAISE (ABORT, 'a published policy is never removed'); END;

-- Consents to more than the policy: an optional purpose, or "policy". served: digest of what was shown.
ALTER TABLE consent ADD COLUMN purpose TEXT NOT NULL DEFAULT 'policy';
ALTER TABLE consent ADD COLUMN served TEXT NOT NULL DEFAULT '';

-- What the last consent of a person to a purpose says; consent holds the events themselves.
-- version: of the policy, agreed to last; 0: none.
CREATE TABLE agreement (
    account INTEGER NOT NULL REFERENCES account (number),
    purpose TEXT    NOT NULL,
    act     TEXT    NOT NULL,                          -- personal
    version INTEGER NOT NULL,
    receipt TEXT    NOT NULL,
    PRIMARY KEY (account, purpose)
) WITHOUT ROWID;
CREATE INDEX agreement_purpose ON agreement (purpose, act, account);

-- author, approver: subjects. scope: columns and features, one a word.
CREATE TABLE assessment (
    id             TEXT    PRIMARY KEY,
    scope          TEXT    NOT NULL CHECK (scope <> ''),
    purpose        TEXT    NOT NULL,
    necessity      TEXT    NOT NULL,
    impact         TEXT    NOT NULL,
    measures       TEXT    NOT NULL,
    risk           TEXT    NOT NULL CHECK (risk IN ('low', 'middle', 'high')),
    author         INTEGER NOT NULL,
    approver       INTEGER CHECK (approver <> author),
    valid_until_ms INTEGER NOT NULL,
    created_ms     INTEGER NOT NULL,
    approved_ms    INTEGER
) WITHOUT ROWID;

-- One for each version with a major change. reached: the last account that was looked at.
CREATE TABLE notice (
    version     INTEGER PRIMARY KEY REFERENCES policy_version (number),
    reached     INTEGER NOT NULL,
    put         INTEGER NOT NULL,                      -- messages made
    unreachable INTEGER NOT NULL,                      -- accounts with neither address nor number
    bounced     INTEGER NOT NULL,
    created_ms  INTEGER NOT NULL,
    done_ms     INTEGER
);
CREATE TABLE notice_person (
    account INTEGER NOT NULL REFERENCES account (number),
    version INTEGER NOT NULL REFERENCES notice (version),
    channel TEXT    NOT NULL CHECK (channel IN ('email', 'phone', 'none')), -- personal
    state   TEXT    NOT NULL CHECK (state IN ('put', 'bounced', 'none')),   -- personal
    time_ms INTEGER NOT NULL,                                               -- personal
    PRIMARY KEY (account, version)
) WITHOUT ROWID;

-- A merger or hand-over: to whom, why. Only persons who agreed to the purpose "transfer" are handed over.
CREATE TABLE transfer (
    id          TEXT    PRIMARY KEY,
    recipient   TEXT    NOT NULL CHECK (recipient <> ''),
    contact     TEXT    NOT NULL CHECK (contact <> ''),
    reason      TEXT    NOT NULL CHECK (reason <> ''),
    asked_by    INTEGER NOT NULL,                      -- a subject
    approved_by INTEGER CHECK (approved_by <> asked_by),
    created_ms  INTEGER NOT NULL,
    approved_ms INTEGER,
    exported_ms INTEGER,
    persons     INTEGER NOT NULL
) WITHOUT ROWID;
