/* whois_reply.c: see whois_reply.h. */
#include "codec/whois_reply.h"
#include "base/must.h"
#include "codec/host.h"

enum field { CREATED, EXPIRES, REGISTRAR, PHONE, EMAIL, SERVER, STATUS, NOTHING };

static const struct { const char *label; enum field field; } labels[] = {
    {"creation date", CREATED}, {"created", CREATED}, {"created on", CREATED}, {"registered on", CREATED},
    {"registration time", CREATED}, {"registered date", CREATED}, {"domain registration date", CREATED},
    {"registered", CREATED}, {"domain name commencement date", CREATED}, {"record created on", CREATED},
    {"registry expiry date", EXPIRES}, {"registrar registration expiration date", EXPIRES}, {"expiration date", EXPIRES},
    {"expiration time", EXPIRES}, {"expiry date", EXPIRES}, {"expires on", EXPIRES}, {"expires", EXPIRES},
    {"paid-till", EXPIRES}, {"expire", EXPIRES}, {"record expires on", EXPIRES}, {"renewal date", EXPIRES},
    {"registrar", REGISTRAR}, {"sponsoring registrar", REGISTRAR}, {"registrar name", REGISTRAR},
    {"registrar organization", REGISTRAR},
    {"registrant phone", PHONE}, {"registrant phone number", PHONE}, {"phone", PHONE},
    {"registrant email", EMAIL}, {"registrant contact email", EMAIL}, {"e-mail", EMAIL},
    {"name server", SERVER}, {"name servers", SERVER}, {"nserver", SERVER}, {"nameservers", SERVER}, {"nameserver", SERVER},
    {"domain servers in listed order", SERVER}, {"host name", SERVER}, {"p.nserver", SERVER}, {"s.nserver", SERVER},
    {"domain status", STATUS}, {"status", STATUS}, {"state", STATUS}, {"registration status", STATUS},
};

static enum field field_of(struct text label) {
    for (size_t i = 0; i < COUNT(labels); i++)
        if (text_equal_nocase(label, text_c(labels[i].label)))
            return labels[i].field;
    return NOTHING;
}

static bool has(struct text t, const char *words) {
    struct text w = text_c(words);
    for (size_t i = 0; i + w.length <= t.length; i++)
        if (text_equal_nocase(text_part(t, i, w.length), w))
            return true;
    return false;
}

static bool is_hidden(struct text value) {
    return has(value, "redacted") || has(value, "not disclosed") || has(value, "please query") || has(value, "data protected");
}

static void add(struct whois_list *list, struct text value) {
    struct text word = text_part(value, 0, text_find_char(value, ' '));
    for (size_t i = 0; i < list->count; i++)
        if (text_equal_nocase(list->items[i], word))
            return;
    if (list->count < WHOIS_LIST_MAX && word.length)
        list->items[list->count++] = word;
}

static void put(struct whois_reply *r, enum field field, struct text value) {
    struct text *const singles[] = {[CREATED] = &r->created, [EXPIRES] = &r->expires, [REGISTRAR] = &r->registrar,
                                    [PHONE] = &r->phone, [EMAIL] = &r->email};
    if (value.length == 0 || is_hidden(value))
        return;
    if (field == SERVER)
        add(&r->name_servers, value);
    else if (field == STATUS)
        add(&r->statuses, value);
    else if (field < COUNT(singles) && singles[field]->length == 0)
        *singles[field] = value;
}

/* "label: value", "[label] value"; the value may be empty. */
static bool split(struct text line, struct text *label, struct text *value) {
    bool bracket = line.length && line.bytes[0] == '[';
    size_t at = text_find_char(line, bracket ? ']' : ':');
    if (at == SIZE_MAX)
        return false;
    *label = text_trim(text_part(line, bracket, at - bracket));
    while (label->length && label->bytes[label->length - 1] == '.') /* "Registrar....: x" */
        label->length--;
    *value = text_trim(text_from(line, at + 1));
    return label->length > 0;
}

static bool says_free(struct text t) {
    static const char *const words[] = {"no match for", "no match", "not found", "no matching record", "status: free",
                                        "status: available", "no entries found", "no data found", "nothing found",
                                        "is available for", "no object found", "not registered", "is free", "not exist",
                                        "no information available", "has not been registered"};
    struct text head = text_part(t, 0, 1200); /* behind it come the terms of use */
    for (size_t i = 0; i < COUNT(words); i++)
        if (has(head, words[i]))
            return true;
    return false;
}

void whois_read(struct text t, struct whois_reply *out) {
    struct text rest = t, line, label, value;
    enum field block = NOTHING;
    *out = (struct whois_reply){.state = WHOIS_UNCLEAR};
    while (rest.length && text_cut(&rest, '\n', &line)) {
        line = text_trim(line);
        bool is_note = line.length && (line.bytes[0] == '%' || line.bytes[0] == '#' || line.bytes[0] == '>');
        if (is_note)
            continue;
        if (line.length == 0) {
            block = NOTHING;
        } else if (split(line, &label, &value)) {
            enum field field = field_of(label);
            put(out, field, value);
            block = value.length == 0 ? field : NOTHING;
        } else if (block != NOTHING) {
            put(out, block, line);
        }
    }
    bool is_taken = out->name_servers.count || out->created.length || out->expires.length ||
            out->registrar.length;
    out->state = is_taken ? WHOIS_TAKEN : says_free(t) ? WHOIS_FREE : WHOIS_UNCLEAR;
}

static void fill(struct text *t, struct text more) {
    if (t->length == 0)
        *t = more;
}

void whois_fill(struct whois_reply *r, const struct whois_reply *more) {
    fill(&r->created, more->created);
    fill(&r->expires, more->expires);
    fill(&r->registrar, more->registrar);
    fill(&r->phone, more->phone);
    fill(&r->email, more->email);
    if (r->name_servers.count == 0)
        r->name_servers = more->name_servers;
    if (r->statuses.count == 0)
        r->statuses = more->statuses;
}

static bool server_of(struct arena *a, struct text t, const char *const *names, size_t count,
                      struct text *out) {
    struct text line, label, value;
    while (t.length && text_cut(&t, '\n', &line)) {
        if (!split(text_trim(line), &label, &value))
            continue;
        for (size_t i = 0; i < count; i++)
            if (text_equal_nocase(label, text_c(names[i])) && value.length && value.length < 300 &&
                text_find_char(value, '/') == SIZE_MAX && host_normalize_in(a, value, out))
                return true;
    }
    return false;
}

bool whois_server_in(struct arena *a, struct text t, struct text *out) {
    static const char *const names[] = {"refer", "whois"};
    return server_of(a, t, names, COUNT(names), out);
}

bool whois_registrar_server_in(struct arena *a, struct text t, struct text *out) {
    static const char *const names[] = {"Registrar WHOIS Server", "Whois Server"};
    return server_of(a, t, names, COUNT(names), out);
}
