/* desk.c: see desk.h. One function a verb; each checks what it was handed and fills the answer's
 * parts. */
#include "keyd/desk.h"
#include "base/buf.h"
#include "base/must.h"
#include "crypt/checkpoint.h"
#include "crypt/seal.h"

enum { NAME_BYTES_MAX = 64, STATUS_BYTES_MAX = 4096, HASH_PARTS_MAX = 15 };

/* Log-ins and a busy morning of a million accounts pass; a million keys take a quarter of an hour
 * at least, and all numbers of telephones together more than half a year. */
const struct key_rate key_desk_rates[KEY_BUCKET_COUNT] = {
    [KEY_FOR_REQUEST] = {500, 10000}, [KEY_FOR_STAFF] = {5, 200},
    [KEY_FOR_NOTICE] = {1000, 10000}, [KEY_FOR_JOB] = {500, 10000},
    [KEY_FOR_PROOF] = {20, 400},      [KEY_FOR_OPERATOR] = {500, 10000},
    [KEY_BUCKET_ALL] = {1000, 20000}, [KEY_BUCKET_INDEX] = {500, 20000},
};

struct work {
    struct key_desk *desk;
    struct arena *arena;
    const struct key_request *r;
    int64_t now_ms;
    struct text *parts; /* room for KEY_PARTS_MAX */
    unsigned count;
};

static void put(struct work *w, struct text part) {
    must(w->count < KEY_PARTS_MAX);
    w->parts[w->count++] = part;
}

static struct text bytes_of(const void *bytes, size_t length) {
    return text_of(bytes, length);
}

/* A part that must end in no NUL and be short: a label, a table, a column. */
static bool name_of(struct work *w, unsigned i, const char **out) {
    struct text t = w->r->parts[i];
    if (t.length > NAME_BYTES_MAX || text_has_nul(t))
        return false;
    *out = text_c_in(w->arena, t);
    return true;
}

static enum key_state state_of(struct work *w, struct err e) {
    if (!e.kind)
        return KEY_OK;
    w->count = 0;
    if (e.kind == ERR_INTEGRITY_FAILED)
        return KEY_NOT_INTACT;
    put(w, text_part(text_c(e.say), 0, 1000));
    return e.kind == ERR_CONFIG ? KEY_FILE_FAULT : KEY_FAILED;
}

/* ---- how much ---- */

static void fill(struct key_bucket *b, const struct key_rate *rate, int64_t now_ms) {
    if (b->since_ms == 0)
        b->left = rate->burst;
    else
        b->left += (double)(now_ms - b->since_ms) * rate->per_s / 1000;
    if (b->left > rate->burst)
        b->left = rate->burst;
    b->since_ms = now_ms;
}

/* Milliseconds to wait; 0: it is there. */
static uint64_t wait_ms(const struct key_bucket *b, const struct key_rate *rate, unsigned wanted) {
    return b->left >= wanted ? 0 : (uint64_t)((wanted - b->left) * 1000 / rate->per_s) + 1;
}

/* Out of one bucket, and out of that of all where `with_all`; out of none where one of them has too
 * little. */
static enum key_state take(struct work *w, unsigned which, bool with_all, unsigned wanted) {
    const unsigned from[] = {which, KEY_BUCKET_ALL};
    unsigned count = with_all ? 2 : 1;
    uint64_t longest = 0;
    for (unsigned i = 0; w->desk->rates && i < count; i++) {
        fill(&w->desk->buckets[from[i]], &w->desk->rates[from[i]], w->now_ms);
        uint64_t wait = wait_ms(&w->desk->buckets[from[i]], &w->desk->rates[from[i]], wanted);
        longest = wait > longest ? wait : longest;
    }
    for (unsigned i = 0; i < count; i++) {
        struct key_bucket *b = &w->desk->buckets[from[i]];
        b->refused += longest ? wanted : 0;
        b->given += longest ? 0 : wanted;
        b->left -= longest ? 0 : wanted;
    }
    if (!longest)
        return KEY_OK;
    uint64_t *room = arena_alloc(w->arena, sizeof *room);
    *room = longest;
    put(w, bytes_of(room, sizeof *room));
    return KEY_LIMITED;
}

static enum key_state take_opening(struct work *w, unsigned wanted) {
    return take(w, w->r->purpose, true, wanted);
}

/* ---- lent, hashed, sealed ---- */

static enum key_state hello(struct work *w) {
    const struct keys *k = &w->desk->vault.keys;
    unsigned char *log_public = arena_alloc(w->arena, NOTE_KEY_BYTES);
    struct note_key of_log = note_key_of(&k->log, TEXT("log"));
    memcpy(log_public, of_log.bytes, NOTE_KEY_BYTES);
    put(w, bytes_of(k->token.bytes, SECRET_BYTES));
    put(w, bytes_of(k->code.bytes, SECRET_BYTES));
    put(w, bytes_of(k->session.bytes, SECRET_BYTES));
    put(w, bytes_of(k->cross_site.bytes, SECRET_BYTES));
    put(w, bytes_of(k->probe.bytes, SECRET_BYTES));
    put(w, bytes_of(log_public, NOTE_KEY_BYTES));
    return KEY_OK;
}

static enum key_state hash(struct work *w) {
    const struct keys *k = &w->desk->vault.keys;
    const struct secret *key = w->r->key == KEY_INDEX    ? &k->index
                               : w->r->key == KEY_OFFICE ? &k->office
                               : w->r->key == KEY_BACKUP ? &k->backup
                                                         : NULL;
    const char *label;
    if (!key || w->r->count < 1 || w->r->count > HASH_PARTS_MAX + 1 || !name_of(w, 0, &label))
        return KEY_MALFORMED;
    if (w->r->key == KEY_INDEX) {
        enum key_state state = take(w, KEY_BUCKET_INDEX, false, 1);
        if (state)
            return state;
    }
    struct digest *made = arena_alloc(w->arena, sizeof *made);
    *made = hash_keyed(key, label, w->r->parts + 1, w->r->count - 1);
    put(w, digest_text(made));
    return KEY_OK;
}

static const struct secret *sealing_key(const struct work *w) {
    const struct keys *k = &w->desk->vault.keys;
    switch (w->r->key) {
    case KEY_PEPPER:
        return &k->pepper;
    case KEY_HOLD:
        return &k->hold;
    case KEY_OFFICE:
        return &k->office;
    default:
        return NULL;
    }
}

static bool place_of(struct work *w, struct seal_place *out) {
    *out = (struct seal_place){.row = w->r->row, .subject = w->r->subject};
    return w->r->count == 3 && name_of(w, 0, &out->table) && name_of(w, 1, &out->column);
}

static enum key_state seal(struct work *w) {
    const struct secret *key = sealing_key(w);
    struct seal_place place;
    if (!key || !place_of(w, &place) || w->r->parts[2].length > SEAL_PLAIN_MAX)
        return KEY_MALFORMED;
    put(w, seal_in(w->arena, w->desk->chance, key, &place, w->r->parts[2]));
    return KEY_OK;
}

static enum key_state open_one(struct work *w) {
    const struct secret *key = sealing_key(w);
    struct seal_place place;
    struct text plain;
    if (!key || !place_of(w, &place))
        return KEY_MALFORMED;
    enum key_state state = take_opening(w, 1);
    if (state)
        return state;
    struct err e = seal_open_in(w->arena, key, &place, w->r->parts[2], &plain);
    if (e.kind)
        return state_of(w, e);
    put(w, plain);
    return KEY_OK;
}

/* ---- persons' keys ---- */

static struct seal_place key_place(uint64_t subject) {
    return (struct seal_place){"subject_key", "wrapped", 0, subject};
}

static struct text wrap_under(struct work *w, const struct secret *wrapping, uint64_t subject,
                              struct text key) {
    struct seal_place place = key_place(subject);
    return seal_in(w->arena, w->desk->chance, wrapping, &place, key);
}

static enum key_state wrap(struct work *w) {
    struct secret wrapping;
    if (w->r->count != 1 || w->r->parts[0].length != SECRET_BYTES)
        return KEY_MALFORMED;
    struct err e = key_vault_epoch_open(&w->desk->vault, w->arena, w->r->number, &wrapping);
    if (e.kind)
        return state_of(w, e);
    put(w, wrap_under(w, &wrapping, w->r->subject, w->r->parts[0]));
    secret_wipe(&wrapping, sizeof wrapping);
    return KEY_OK;
}

/* The key of the last item's epoch stays open for the next. */
struct opened {
    struct secret key;
    int64_t epoch;
    bool is_open;
};

static struct err open_item(struct work *w, struct opened *o, const struct key_item *item,
                            struct text *plain_out) {
    struct seal_place place = key_place(item->subject);
    if (!o->is_open || o->epoch != item->epoch) {
        o->is_open = false;
        try(key_vault_epoch_open(&w->desk->vault, w->arena, item->epoch, &o->key));
        o->epoch = item->epoch;
        o->is_open = true;
    }
    return seal_open_in(w->arena, &o->key, &place, item->wrapped, plain_out);
}

static enum key_state unwrap(struct work *w) {
    struct opened o = {.is_open = false};
    struct err e = ok;
    enum key_state state = take_opening(w, w->r->count);
    for (unsigned i = 0; i < w->r->count && !state; i++) {
        struct key_item item;
        struct text plain = TEXT("");
        if (!key_item_parse(w->r->parts[i], &item)) {
            state = KEY_MALFORMED;
            break;
        }
        e = open_item(w, &o, &item, &plain);
        if (e.kind == ERR_INTEGRITY_FAILED)
            plain = TEXT("");
        else if (e.kind)
            state = state_of(w, e);
        if (!state)
            put(w, plain);
    }
    secret_wipe(&o, sizeof o);
    return state;
}

static enum key_state rewrap(struct work *w) {
    struct opened o = {.is_open = false};
    struct secret fresh;
    struct err e = key_vault_epoch_open(&w->desk->vault, w->arena, w->r->number, &fresh);
    if (e.kind)
        return state_of(w, e);
    enum key_state state = KEY_OK;
    for (unsigned i = 0; i < w->r->count && !state; i++) {
        struct key_item item;
        struct text plain;
        if (!key_item_parse(w->r->parts[i], &item)) {
            state = KEY_MALFORMED;
            break;
        }
        state = state_of(w, open_item(w, &o, &item, &plain));
        if (state)
            break;
        put(w, wrap_under(w, &fresh, item.subject, plain));
        secret_wipe((void *)(uintptr_t)plain.bytes, plain.length);
    }
    secret_wipe(&o, sizeof o);
    secret_wipe(&fresh, sizeof fresh);
    return state;
}

/* ---- epochs ---- */

static enum key_state epoch_make(struct work *w) {
    if (w->r->number < 1)
        return KEY_MALFORMED;
    return state_of(w,
                    key_vault_epoch_make(&w->desk->vault, w->arena, w->desk->chance, w->r->number));
}

static enum key_state epoch_check(struct work *w) {
    struct secret key;
    struct err e = key_vault_epoch_open(&w->desk->vault, w->arena, w->r->number, &key);
    secret_wipe(&key, sizeof key);
    return state_of(w, e);
}

static enum key_state epoch_shred(struct work *w) {
    return state_of(w, key_vault_epoch_shred(&w->desk->vault, w->arena, w->r->number));
}

/* ---- the log, backups, what was asked ---- */

static enum key_state sign(struct work *w) {
    struct checkpoint c = {.size = (uint64_t)w->r->number, .time_ms = w->r->row};
    if (w->r->count != 2 || !note_name_fits(w->r->parts[0]) ||
        w->r->parts[1].length != DIGEST_BYTES || w->r->number < 0 || w->r->row < 0)
        return KEY_MALFORMED;
    c.origin = w->r->parts[0];
    memcpy(c.root.bytes, w->r->parts[1].bytes, DIGEST_BYTES);
    put(w, checkpoint_sign_in(w->arena, &w->desk->vault.keys.log, &c));
    return KEY_OK;
}

static enum key_state file_key(struct work *w) {
    const char *name;
    if (w->r->count != 1 || w->r->parts[0].length == 0 || !name_of(w, 0, &name))
        return KEY_MALFORMED;
    struct digest *made = arena_alloc(w->arena, sizeof *made);
    *made = hash_keyed(&w->desk->vault.keys.backup, "backup file", w->r->parts, 1);
    put(w, digest_text(made));
    return KEY_OK;
}

static const char *bucket_name(unsigned i) {
    if (i < KEY_PURPOSE_COUNT)
        return key_purpose_name((enum key_purpose)i);
    return i == KEY_BUCKET_ALL ? "all" : "index";
}

static enum key_state status(struct work *w) {
    const struct key_desk *d = w->desk;
    struct buf out;
    buf_init(&out, w->arena, STATUS_BYTES_MAX);
    for (unsigned i = 0; i < KEY_BUCKET_COUNT; i++)
        buf_format(&out, "%s %s %llu, refused %llu\n",
                   i < KEY_PURPOSE_COUNT || i == KEY_BUCKET_ALL ? "opened for" : "hashed for",
                   bucket_name(i), (unsigned long long)d->buckets[i].given,
                   (unsigned long long)d->buckets[i].refused);
    for (unsigned i = 1; i < KEY_VERB_COUNT; i++)
        if (d->asked[i])
            buf_format(&out, "asked to %s %llu\n", key_verb_name((enum key_verb)i),
                       (unsigned long long)d->asked[i]);
    buf_format(&out, "not understood %llu\n", (unsigned long long)d->malformed);
    put(w, buf_peek(&out));
    return KEY_OK;
}

/* ---- the desk ---- */

static enum key_state (*const verbs[KEY_VERB_COUNT])(struct work *w) = {
    [KEY_HELLO] = hello,
    [KEY_HASH] = hash,
    [KEY_SEAL] = seal,
    [KEY_OPEN] = open_one,
    [KEY_WRAP] = wrap,
    [KEY_UNWRAP] = unwrap,
    [KEY_REWRAP] = rewrap,
    [KEY_EPOCH_MAKE] = epoch_make,
    [KEY_EPOCH_CHECK] = epoch_check,
    [KEY_EPOCH_SHRED] = epoch_shred,
    [KEY_SIGN] = sign,
    [KEY_FILE_KEY] = file_key,
    [KEY_STATUS] = status,
};

struct text key_desk_answer(struct key_desk *desk, struct arena *a, struct text request,
                            int64_t now_ms) {
    struct key_request r;
    struct key_answer answer = {.state = KEY_MALFORMED};
    struct text out = TEXT("");
    struct work w = {.desk = desk, .arena = a, .r = &r, .now_ms = now_ms};
    if (key_request_parse_in(a, request, &r)) {
        w.parts = arena_alloc(a, KEY_PARTS_MAX * sizeof *w.parts);
        desk->asked[r.verb]++;
        answer.state = verbs[r.verb](&w);
    }
    desk->malformed += answer.state == KEY_MALFORMED;
    if (answer.state != KEY_MALFORMED) {
        answer.parts = w.parts;
        answer.count = w.count;
    }
    if (!key_answer_print_in(a, &answer, &out)) {
        answer = (struct key_answer){.state = KEY_FAILED};
        must(key_answer_print_in(a, &answer, &out));
    }
    return out;
}
