-- The operator's side: invitations, approvals by a second person, looks into persons' data, legal holds,
-- disclosures, partners, the roster, duties.

-- A way in that works once, for fifteen minutes. digest: of the token, keyed.
CREATE TABLE staff_invite (
    digest     BLOB    PRIMARY KEY,
    account    INTEGER NOT NULL REFERENCES account (number),
    kind       TEXT    NOT NULL CHECK (kind IN ('join', 'sign_in')),
    roles      INTEGER NOT NULL,
    invited_by INTEGER NOT NULL,                       -- a subject; 0: the operator's hand
    expires_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX staff_invite_account ON staff_invite (account);

-- What needs two persons. object: a receipt or a number, never personal. asked_by, approved_by: subjects.
CREATE TABLE approval (
    id          TEXT    PRIMARY KEY,
    kind        TEXT    NOT NULL CHECK (kind IN ('hold', 'hold_end', 'disclosure', 'access', 'archive', 'policy',
                                                'assessment')),
    object      TEXT    NOT NULL,
    asked_by    INTEGER NOT NULL,
    asked_ms    INTEGER NOT NULL,
    approved_by INTEGER CHECK (approved_by <> asked_by),
    decided_ms  INTEGER,
    decision    TEXT    CHECK (decision IN ('approved', 'refused')),
    expires_ms  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX approval_object ON approval (kind, object);

-- Each look of the staff into a person's data. shown_ms: from when the person sees it.
CREATE TABLE access (
    id               TEXT    PRIMARY KEY,
    account          INTEGER NOT NULL REFERENCES account (number),
    staff            INTEGER NOT NULL,                 -- a subject
    purpose          TEXT    NOT NULL CHECK (purpose IN ('request', 'law', 'security', 'support')),
    fields           TEXT    NOT NULL,
    reference_sealed BLOB    NOT NULL,
    opened_ms        INTEGER NOT NULL,
    shown_ms         INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX access_account ON access (account);

CREATE TABLE hold (
    id              TEXT    PRIMARY KEY,
    statute         TEXT    NOT NULL CHECK (statute <> ''),
    article         TEXT    NOT NULL CHECK (article <> ''),
    authority       TEXT    NOT NULL CHECK (authority <> ''),
    document_sha256 TEXT    NOT NULL CHECK (length (document_sha256) = 64),
    reason_sealed   BLOB    NOT NULL,
    approvers       INTEGER NOT NULL CHECK (approvers IN (1, 2)),
    opened_by       INTEGER NOT NULL,                  -- a subject
    opened_ms       INTEGER NOT NULL,
    until_ms        INTEGER NOT NULL,
    secret_until_ms INTEGER NOT NULL,                  -- 0: no order of secrecy
    state           TEXT    NOT NULL CHECK (state IN ('asked', 'active', 'refused', 'ended')),
    ended_ms        INTEGER,
    ended_by        INTEGER,                           -- a subject; 0: its date came
    CHECK (until_ms > opened_ms)
) WITHOUT ROWID;

-- Whom a hold concerns. active: the account is frozen. erasure_ms: when its owner asked for the erasure.
CREATE TABLE held (
    hold       TEXT    NOT NULL REFERENCES hold (id),
    account    INTEGER NOT NULL REFERENCES account (number),
    active     INTEGER NOT NULL CHECK (active IN (0, 1)),
    erasure_ms INTEGER,
    PRIMARY KEY (hold, account)
) WITHOUT ROWID;
CREATE INDEX held_account ON held (account);

-- What a hold took out of the records, sealed under the key of holds.
CREATE TABLE archive (
    id      INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (number),
    part    TEXT    NOT NULL,
    sealed  BLOB    NOT NULL
);
CREATE INDEX archive_account ON archive (account);

CREATE TABLE authority (
    name         TEXT    PRIMARY KEY,
    jurisdiction TEXT    NOT NULL,
    contact      TEXT    NOT NULL,
    since_ms     INTEGER NOT NULL
) WITHOUT ROWID;

-- The register of disclosures. What it says of a person stands in disclosure_subject, which goes with him;
-- the rest stays. exception: 0 with consent, 1 to 8 as the policy lists them.
CREATE TABLE disclosure (
    id              TEXT    PRIMARY KEY,
    authority       TEXT    NOT NULL CHECK (authority <> ''),
    jurisdiction    TEXT    NOT NULL,
    doc_type        TEXT    NOT NULL CHECK (doc_type IN ('subpoena', 'inquiry', 'assistance', 'judgment', 'ruling',
                                                        'other', 'none')),
    doc_name        TEXT    NOT NULL,                  -- of another type
    doc_sha256      TEXT    NOT NULL,
    office_sealed   BLOB    NOT NULL,                  -- the document's number and the evidence
    statute         TEXT    NOT NULL,
    scope           TEXT    NOT NULL,                  -- names of fields
    exception       INTEGER NOT NULL CHECK (exception BETWEEN 0 AND 8),
    received_ms     INTEGER NOT NULL,
    order_ends_ms   INTEGER NOT NULL,                  -- 0: it names no end
    verified_by     INTEGER NOT NULL,                  -- a subject
    approved_by     INTEGER CHECK (approved_by <> verified_by),
    decision        TEXT    NOT NULL CHECK (decision IN ('open', 'approved', 'released', 'refused')),
    decided_ms      INTEGER,
    refusal         TEXT    NOT NULL,                  -- why; the name of an error, or a word of the office
    fields_released TEXT    NOT NULL,
    released_by     INTEGER,
    released_ms     INTEGER,
    review_due_ms   INTEGER,                           -- of exception 3
    reviewed_ms     INTEGER,
    escalated_ms    INTEGER,
    deferred_ms     INTEGER NOT NULL,                  -- the notice waits until then; 0: it does not
    notice_statute  TEXT    NOT NULL,                  -- why it waits
    notice_ms       INTEGER,
    CHECK (decision <> 'released' OR approved_by IS NOT NULL)
) WITHOUT ROWID;

CREATE TABLE disclosure_document (
    disclosure TEXT    NOT NULL REFERENCES disclosure (id),
    part       INTEGER NOT NULL,
    sealed     BLOB    NOT NULL,
    PRIMARY KEY (disclosure, part)
) WITHOUT ROWID;

-- extract_sealed: what was handed out, for seven days.
CREATE TABLE disclosure_subject (
    disclosure     TEXT    PRIMARY KEY REFERENCES disclosure (id),
    account        INTEGER NOT NULL REFERENCES account (number),
    extract_sealed BLOB,
    extract_ends_ms INTEGER
) WITHOUT ROWID;
CREATE INDEX disclosure_subject_account ON disclosure_subject (account);

-- Whoever objects to the use of what he made public himself.
CREATE TABLE objection (
    account    INTEGER PRIMARY KEY REFERENCES account (number),
    created_ms INTEGER NOT NULL
);

CREATE TABLE partner (
    id              TEXT    PRIMARY KEY,
    name            TEXT    NOT NULL CHECK (name <> ''),
    evidence_sha256 TEXT    NOT NULL CHECK (length (evidence_sha256) = 64),
    from_ms         INTEGER NOT NULL,
    until_ms        INTEGER NOT NULL,
    entered_by      INTEGER NOT NULL,
    CHECK (until_ms > from_ms)
) WITHOUT ROWID;

CREATE TABLE roster (
    id       TEXT    PRIMARY KEY,
    account  INTEGER NOT NULL REFERENCES account (number),
    from_ms  INTEGER NOT NULL,
    until_ms INTEGER NOT NULL,
    CHECK (until_ms > from_ms)
) WITHOUT ROWID;
CREATE INDEX roster_account ON roster (account);

CREATE TABLE duty (
    kind      TEXT    NOT NULL,
    opened_ms INTEGER NOT NULL,
    due_ms    INTEGER NOT NULL,
    count     INTEGER NOT NULL,                        -- of persons, when it was opened
    done_ms   INTEGER,
    done_by   INTEGER,
    PRIMARY KEY (kind, due_ms)
) WITHOUT ROWID;

-- Calls of everybody, day by day (UTC); the minutes are kept for ninety days only.
CREATE TABLE traffic_day (
    day   INTEGER PRIMARY KEY,
    calls INTEGER NOT NULL
);

-- The figures that the site may show, each with the time at which it was counted.
CREATE TABLE claim_value (
    id       TEXT    PRIMARY KEY,
    value    INTEGER NOT NULL,
    as_of_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX audit_entry_actor ON audit_entry (actor, seq);
