-- What became of a message whose sender will ask. The message itself is a file of the outbox.
CREATE TABLE delivery (
    reference TEXT    PRIMARY KEY,
    account   INTEGER NOT NULL,                        -- whose; 0: nobody's
    fate      TEXT    NOT NULL CHECK (fate IN ('waiting', 'delivered', 'bounced', 'expired')), -- personal
    reason    TEXT    NOT NULL,                        -- a word of ours: "recipient_refused"
    told_ms   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX delivery_account ON delivery (account);
CREATE INDEX delivery_told ON delivery (told_ms);
