/* evidence.c: see evidence.h. */
#include "domain/evidence.h"
#include "base/clock.h"
#include "base/must.h"
#include "codec/base64.h"
#include "domain/person_view.h"

enum { WORDS_BYTES_MAX = 500 };

enum rule { WORDS, DOCUMENT, STATUTE, AUTHORITY, CONSENT, URL, DAY, SHA256, PUBLIC, SUBJECT, FIELDS };

static const struct exception_row exceptions[] = {
#define EXCEPTION(code, zh, en, law) {code, {zh, en}, law},
#define EVIDENCE(code, item, rule, zh, en)
#include "domain/evidence.def"
#undef EXCEPTION
#undef EVIDENCE
};

static const struct wanted {
    int code;
    const char *item;
    enum rule rule;
    const char *says;
} wanted[] = {
#define EXCEPTION(code, zh, en, law)
#define EVIDENCE(code, item, rule, zh, en) {code, item, rule, en},
#include "domain/evidence.def"
#undef EXCEPTION
#undef EVIDENCE
};

const struct exception_row *exception_row(int code) {
    must(code >= 0 && code <= EXCEPTION_MAX && exceptions[code].code == code);
    return &exceptions[code];
}

const char *evidence_item(int code, unsigned place) {
    for (size_t i = 0; i < COUNT(wanted); i++)
        if (wanted[i].code == code && place-- == 0)
            return wanted[i].item;
    return NULL;
}

struct err exception_parse(struct domain *d, struct text given, int *out) {
    if (given.length != 1 || given.bytes[0] < '0' || given.bytes[0] > '0' + EXCEPTION_MAX)
        return domain_refuse(d, ERR_EXCEPTION_EVIDENCE_MISSING, "exception",
                             "exactly one exception is named: 1 to 8, or 0 for the person's consent");
    *out = given.bytes[0] - '0';
    return ok;
}

static struct text value_of(const struct evidence_case *c, const char *name) {
    for (unsigned i = 0; i < c->count; i++)
        if (text_equal_c(c->items[i].name, name))
            return text_trim(c->items[i].value);
    return TEXT("");
}

static struct err exists(struct domain *d, enum store_sql query, struct text key, int64_t account,
                         bool *out) {
    struct statement *get = statement_for(d->store, query);
    statement_bind_text(get, 1, key);
    if (query == SQL_CONSENT_IS_OF)
        statement_bind_i64(get, 2, account);
    try(statement_step(get, out));
    statement_done(get);
    return ok;
}

static bool is_words(struct text t) {
    return t.length > 0 && t.length <= WORDS_BYTES_MAX && !text_has_control(t) && text_is_utf8(t);
}

/* Whether what is shown does for the rule; the records are asked where they know. */
static struct err is_shown(struct domain *d, const struct evidence_case *c, const struct wanted *w,
                           bool *out) {
    struct text value = value_of(c, w->item), bytes;
    struct date date;
    unsigned fields;
    *out = is_words(value);
    switch (w->rule) {
    case DOCUMENT:
        *out = c->document.length > 0;
        break;
    case STATUTE:
        *out = is_words(c->statute);
        break;
    case AUTHORITY:
        return exists(d, SQL_AUTHORITY_HAS, c->authority, 0, out);
    case CONSENT:
        return *out ? exists(d, SQL_CONSENT_IS_OF, value, c->account, out) : ok;
    case URL:
        *out = *out && (text_starts(value, TEXT("https://")) || text_starts(value, TEXT("http://")));
        break;
    case DAY:
        *out = date_parse(value, &date);
        break;
    case SHA256:
        *out = value.length == 64 && hex_decode_in(d->arena, value, &bytes);
        break;
    case FIELDS:
        *out = *out && !person_fields_parse(d, w->item, value, &fields).kind && fields &&
               !(c->scope & ~fields);
        break;
    case WORDS:
    case PUBLIC:
    case SUBJECT:
        break;
    }
    return ok;
}

static struct err check_one(struct domain *d, const struct evidence_case *c, const struct wanted *w) {
    bool shown;
    try(is_shown(d, c, w, &shown));
    if (!shown && w->rule == DOCUMENT)
        return domain_refuse(d, ERR_LEGAL_DOCUMENT_REQUIRED, w->item, "the legal document is missing");
    if (!shown)
        return domain_refuse(
            d, ERR_EXCEPTION_EVIDENCE_MISSING, w->item,
            text_say_in(d->arena, "exception %d must show %s: %s", c->exception, w->item, w->says));
    if (w->rule == PUBLIC && !text_equal_c(value_of(c, w->item), "public"))
        return domain_refuse(d, ERR_SOURCE_NOT_PUBLIC, w->item, "a private or paid source does not count");
    if (w->rule == SUBJECT && !text_equal_c(value_of(c, w->item), "subject"))
        return domain_refuse(d, ERR_REQUEST_NOT_OF_SUBJECT, w->item,
                             "the person has to ask for it himself");
    return ok;
}

struct err evidence_check(struct domain *d, const struct evidence_case *c) {
    must(c->exception >= 0 && c->exception <= EXCEPTION_MAX);
    for (size_t i = 0; i < COUNT(wanted); i++)
        if (wanted[i].code == c->exception)
            try(check_one(d, c, &wanted[i]));
    return ok;
}
