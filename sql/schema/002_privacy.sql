-- The operator's people, and the log of everything that matters.

-- roles: bits of domain/staff.h.
CREATE TABLE staff (
    account  INTEGER PRIMARY KEY REFERENCES account (number),
    roles    INTEGER NOT NULL,
    since_ms INTEGER NOT NULL
);

-- Append only; never changed. sealed: what of the entry tells of a person, under that person's key.
CREATE TABLE audit_entry (
    seq        INTEGER PRIMARY KEY,                    -- 0 ..
    time_ms    INTEGER NOT NULL,
    actor_kind TEXT    NOT NULL CHECK (actor_kind IN ('person', 'staff', 'operator', 'system')),
    actor      INTEGER NOT NULL,                       -- a subject; 0: none
    action     TEXT    NOT NULL,
    subject    INTEGER NOT NULL,                       -- whom it concerns; 0: nobody
    object     TEXT    NOT NULL,
    purpose    TEXT    NOT NULL,
    sealed     BLOB    NOT NULL
);
CREATE TRIGGER audit_entry_stays BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE (ABORT, 'the audit log is append only'); END;
