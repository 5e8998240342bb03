-- The audit log as a tree of hashes, what was signed of it, and the results of the probes.

-- Complete nodes in the order of their making (domain/audit_log.h says which place is whose). They stay
-- when an entry's bytes go.
CREATE TABLE audit_node (
    place INTEGER PRIMARY KEY,                         -- 0 ..
    hash  BLOB    NOT NULL
);
CREATE TRIGGER audit_node_stays BEFORE UPDATE ON audit_node
BEGIN SELECT RAISE (ABORT, 'the audit log is append only'); END;
CREATE TRIGGER audit_node_remains BEFORE DELETE ON audit_node
BEGIN SELECT RAISE (ABORT, 'the audit log is append only'); END;

CREATE TABLE audit_checkpoint (
    size    INTEGER PRIMARY KEY,                       -- entries that it speaks for
    time_ms INTEGER NOT NULL,
    note    TEXT    NOT NULL                           -- as it was signed (crypt/checkpoint.h)
);
CREATE TRIGGER audit_checkpoint_stays BEFORE UPDATE ON audit_checkpoint
BEGIN SELECT RAISE (ABORT, 'the audit log is append only'); END;
CREATE TRIGGER audit_checkpoint_remains BEFORE DELETE ON audit_checkpoint
BEGIN SELECT RAISE (ABORT, 'the audit log is append only'); END;

-- Receipts are found by their name, which is the first word of the object.
CREATE INDEX audit_entry_receipt ON audit_entry (substr(object, 1, 22)) WHERE length(object) >= 22;
CREATE INDEX audit_entry_prune ON audit_entry (seq) WHERE action = 'audit.prune';

-- The last result of each probe, and the last good one.
CREATE TABLE probe_outcome (
    probe   TEXT    PRIMARY KEY,
    time_ms INTEGER NOT NULL,
    ok      INTEGER NOT NULL,
    detail  TEXT    NOT NULL,                          -- of nobody
    seq     INTEGER NOT NULL,                          -- the log's entry of this result
    good_ms INTEGER NOT NULL                           -- 0: never
) WITHOUT ROWID;

-- The synthetic person's run that is under way: by the keyed hash of its address, so that the next run finds
-- what a killed one left.
CREATE TABLE canary (
    digest     BLOB    PRIMARY KEY,
    started_ms INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO counter VALUES ('canary_calls', 0);
