/* key_parcel.h: what is asked of the key process, as bytes, and what it answers.
 *
 *     request   version (1) | verb (1) | purpose (1) | key (1) | number (8) | subject (8) | row (8)
 * | parts answer    version (1) | state (1) | parts parts     count (2) | each: length (4) and its
 * bytes          all numbers little-endian
 *
 * On a stream each parcel has its length (4) before it. Every verb has this one shape, so there is
 * one parser for what comes from the outside; which parts a verb takes is the key process's to
 * check.
 *
 * Contract   a parcel has KEY_PARCEL_BYTES_MAX bytes and KEY_PARTS_MAX parts at most, and nothing
 * behind its last part; what differs is refused whole. Parsed parts point into the parcel. What is
 * made lies in memory that the arena wipes (parcels hold keys and plain texts). Threads    any.
 */
#pragma once
#include "base/text.h"

enum { KEY_PARCEL_VERSION = 1, KEY_PARTS_MAX = 512, KEY_PARCEL_BYTES_MAX = 128 << 10 };

enum key_verb {
    KEY_HELLO = 1,   /* -> the keys that are lent, and the log's public key */
    KEY_HASH,        /* key; label, parts… -> digest */
    KEY_SEAL,        /* key, row, subject; table, column, plain -> sealed */
    KEY_OPEN,        /* key, row, subject; table, column, sealed -> plain */
    KEY_WRAP,        /* number = epoch, subject; a person's key -> wrapped */
    KEY_UNWRAP,      /* items -> a person's key each; empty where one does not open */
    KEY_REWRAP,      /* number = the epoch in force; items -> wrapped anew, each */
    KEY_EPOCH_MAKE,  /* number */
    KEY_EPOCH_CHECK, /* number */
    KEY_EPOCH_SHRED, /* number */
    KEY_SIGN,        /* number = size, row = time; origin, root -> the signed checkpoint */
    KEY_FILE_KEY,    /* name -> the key of that one file of a backup */
    KEY_STATUS,      /* -> what was asked so far, as lines */
    KEY_VERB_COUNT
};

/* What it is for; each has its own rate and its own count. */
enum key_purpose {
    KEY_FOR_REQUEST = 0, /* of the person himself */
    KEY_FOR_STAFF,       /* somebody of the service looks */
    KEY_FOR_NOTICE,      /* mails and announcements */
    KEY_FOR_JOB,         /* what the service does by itself */
    KEY_FOR_PROOF,       /* probes and the canary */
    KEY_FOR_OPERATOR,    /* a command of the operator's hand */
    KEY_PURPOSE_COUNT
};

enum key_id { KEY_NONE = 0, KEY_INDEX, KEY_PEPPER, KEY_HOLD, KEY_OFFICE, KEY_BACKUP, KEY_ID_COUNT };

/* OK; not so asked; a sealed value was changed; a key's file is at fault (a sentence); too much of
 * this purpose (milliseconds to wait, 8 bytes); the system failed (a sentence). */
enum key_state {
    KEY_OK = 0,
    KEY_MALFORMED,
    KEY_NOT_INTACT,
    KEY_FILE_FAULT,
    KEY_LIMITED,
    KEY_FAILED,
    KEY_STATE_COUNT
};

struct key_request {
    enum key_verb verb;
    enum key_purpose purpose;
    enum key_id key;
    int64_t number, row;
    uint64_t subject;
    unsigned count;
    const struct text *parts;
};

struct key_answer {
    enum key_state state;
    unsigned count;
    const struct text *parts;
};

/* One person's wrapped key, as an item of KEY_UNWRAP and KEY_REWRAP: subject (8) | epoch (8) |
 * wrapped. */
struct key_item {
    uint64_t subject;
    int64_t epoch;
    struct text wrapped;
};

/* False: it would be longer than a parcel may be. */
bool key_request_print_in(struct arena *a, const struct key_request *r, struct text *out);
bool key_answer_print_in(struct arena *a, const struct key_answer *answer, struct text *out);

bool key_request_parse_in(struct arena *a, struct text bytes, struct key_request *out);
bool key_answer_parse_in(struct arena *a, struct text bytes, struct key_answer *out);

struct text key_item_print_in(struct arena *a, const struct key_item *item);
bool key_item_parse(struct text bytes, struct key_item *out);

const char *key_verb_name(enum key_verb verb);
const char *key_purpose_name(enum key_purpose purpose);
