-- Children with a guardian's consent, and codes for more than two purposes. What waits in a flow lives for
-- minutes (a guardian's for three days), so the table is simply made again.
DROP TABLE flow;
CREATE TABLE flow (
    digest     BLOB    PRIMARY KEY,                    -- of the flow's name, keyed
    purpose    TEXT    NOT NULL,                       -- one of domain/flow.c's
    code_mac   BLOB    NOT NULL,
    tries      INTEGER NOT NULL,
    used       INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    sealed     BLOB    NOT NULL                        -- personal
) WITHOUT ROWID;

-- 1: below 14, with a guardian's consent; "age" says teen, whose limits hold all the more.
ALTER TABLE account ADD COLUMN guarded INTEGER NOT NULL DEFAULT 0;

-- Who consented for a child, sealed under the child's own key.
CREATE TABLE guardian (
    account    INTEGER PRIMARY KEY REFERENCES account (number),
    sealed     BLOB    NOT NULL,
    receipt    TEXT    NOT NULL,
    created_ms INTEGER NOT NULL
);
