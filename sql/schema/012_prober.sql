-- Accounts of this service's own instruments: the prober's. No figure counts them or what they do. (The
-- canary's is in none either; it is known by its row in canary.)
CREATE TABLE uncounted (
    account INTEGER PRIMARY KEY REFERENCES account (number)
);
