-- Questions, complaints and requests, each with its two clocks. What a person wrote and what was answered
-- is sealed: under the person's own key, or under the office's where there is no account.
CREATE TABLE ticket (
    number         INTEGER PRIMARY KEY,                -- random; shown as letters
    account        INTEGER REFERENCES account (number), -- none: a stranger's
    kind           TEXT    NOT NULL,                   -- one of domain/ticket_kinds.def
    source         TEXT    NOT NULL CHECK (source IN ('account', 'form', 'mail')),
    language       TEXT    NOT NULL CHECK (language IN ('zh', 'en')),
    is_privacy     INTEGER NOT NULL CHECK (is_privacy IN (0, 1)),
    contact_sealed BLOB,                               -- personal; a stranger's
    contact_proved INTEGER NOT NULL DEFAULT 0,
    sensitive_ms   INTEGER NOT NULL,                   -- when sensitive text was consented to; 0: there is none
    digest         BLOB    NOT NULL,                   -- of who wrote what: a double click is one ticket
    round          INTEGER NOT NULL,                   -- the last one
    created_ms     INTEGER NOT NULL,
    expires_ms     INTEGER NOT NULL                    -- 0: still open
) WITHOUT ROWID;
CREATE INDEX ticket_account ON ticket (account);
CREATE INDEX ticket_digest ON ticket (digest);
CREATE INDEX ticket_expires ON ticket (expires_ms) WHERE expires_ms > 0;

-- From a request to its final answer; an appeal begins another round.
CREATE TABLE ticket_round (
    ticket       INTEGER NOT NULL REFERENCES ticket (number),
    round        INTEGER NOT NULL,                     -- 1 ..
    opened_ms    INTEGER NOT NULL,
    inner_ms     INTEGER NOT NULL,                     -- to be answered by: days of work
    due_ms       INTEGER NOT NULL,                     -- to be answered by: what was promised
    marked_inner INTEGER NOT NULL DEFAULT 0,           -- percent of the clock that were warned of
    marked_due   INTEGER NOT NULL DEFAULT 0,
    next_mark_ms INTEGER NOT NULL,
    handler      INTEGER NOT NULL DEFAULT 0,           -- subject of somebody of the staff; 0: nobody yet
    taken_ms     INTEGER NOT NULL DEFAULT 0,
    outcome      TEXT    CHECK (outcome IN ('answered', 'done', 'partly', 'refused')),
    draft_sealed BLOB,                                 -- personal; the answer before it is signed
    closed_ms    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (ticket, round)
) WITHOUT ROWID;
CREATE INDEX ticket_round_mark ON ticket_round (next_mark_ms) WHERE closed_ms = 0;
CREATE INDEX ticket_round_closed ON ticket_round (closed_ms);

CREATE TABLE ticket_message (
    id         INTEGER PRIMARY KEY,                    -- random
    ticket     INTEGER NOT NULL REFERENCES ticket (number),
    round      INTEGER NOT NULL,
    author     TEXT    NOT NULL CHECK (author IN ('person', 'staff', 'final')),
    sealed     BLOB    NOT NULL,                       -- personal
    created_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX ticket_message_ticket ON ticket_message (ticket, created_ms);

-- Two of the staff, each in a role of his own.
CREATE TABLE ticket_sign (
    ticket    INTEGER NOT NULL REFERENCES ticket (number),
    round     INTEGER NOT NULL,
    role      TEXT    NOT NULL CHECK (role IN ('support', 'privacy')),
    signer    INTEGER NOT NULL,                        -- a subject
    signed_ms INTEGER NOT NULL,
    PRIMARY KEY (ticket, round, role),
    UNIQUE (ticket, round, signer)
) WITHOUT ROWID;
