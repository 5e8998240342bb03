-- What a fresh copy of the records is told before it becomes a backup: what can be made again or is over
-- soon is not kept. The blind index would still answer "was this address a user?" long after an erasure.
PRAGMA journal_mode = DELETE;
PRAGMA secure_delete = ON;
DELETE FROM blind_index;
DELETE FROM session;
DELETE FROM flow;
DELETE FROM throttle;
DELETE FROM erasure_echo;
VACUUM;
