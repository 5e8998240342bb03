-- What every fresh connection is told. FULL: an answered token, consent or erasure survives a power cut
-- (WAL's NORMAL may lose the last commits). secure_delete: what is deleted is overwritten.
PRAGMA trusted_schema = OFF;
PRAGMA foreign_keys = ON;
PRAGMA temp_store = MEMORY;
PRAGMA main.journal_mode = WAL;
PRAGMA keys.journal_mode = WAL;
PRAGMA main.synchronous = FULL;
PRAGMA keys.synchronous = FULL;
PRAGMA secure_delete = ON;
PRAGMA keys.secure_delete = ON;
