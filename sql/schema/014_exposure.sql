-- Tokens that came over plain http although there is TLS: their owners are told, once each.
CREATE TABLE exposure (
    token   INTEGER PRIMARY KEY REFERENCES token (id),
    seen_ms INTEGER NOT NULL                           -- personal
);
