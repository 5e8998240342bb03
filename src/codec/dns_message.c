/* dns_message.c: a cursor over the message; compressed names are followed strictly backwards, so every
 * name ends. */
#include "codec/dns_message.h"
#include "base/buf.h"
#include "base/must.h"

#include <string.h>

enum {
    HEADER_BYTES = 12,
    NAME_BYTES_MAX = 255,
    NAME_PRINTED_MAX = 4 * NAME_BYTES_MAX,
    RECORDS_MAX = 512,
    CLASS_IN = 1,
    POINTER_BITS = 0xC0,
};

struct cursor {
    struct text all;
    size_t at, end; /* end: of what may be read now, the message or one record's data */
    bool is_broken;
};

static unsigned take(struct cursor *c) {
    if (c->is_broken || c->at >= c->end) {
        c->is_broken = true;
        return 0;
    }
    return (unsigned char)c->all.bytes[c->at++];
}

static unsigned take_16(struct cursor *c) {
    unsigned high = take(c);
    return high << 8 | take(c);
}

static uint32_t take_32(struct cursor *c) {
    uint32_t high = take_16(c);
    return high << 16 | take_16(c);
}

static struct text take_bytes(struct cursor *c, size_t length) {
    if (c->is_broken || length > c->end - c->at) {
        c->is_broken = true;
        return TEXT("");
    }
    struct text taken = text_part(c->all, c->at, length);
    c->at += length;
    return taken;
}

static void print_label(struct buf *out, struct text label) {
    if (out->length)
        buf_char(out, '.');
    for (size_t i = 0; i < label.length; i++) {
        unsigned char b = (unsigned char)label.bytes[i];
        if (b == '.' || b == '\\')
            buf_format(out, "\\%c", b);
        else if (b > ' ' && b < 0x7F)
            buf_char(out, (char)b);
        else
            buf_format(out, "\\%03u", b);
    }
}

/* Reads the labels at the cursor; a pointer moves a second cursor to before the place that we came from. */
static struct text take_name(struct arena *a, struct cursor *c) {
    struct buf out;
    struct cursor walk = *c;
    bool has_jumped = false;
    size_t lowest = c->at, bytes = 0;
    buf_init(&out, a, NAME_PRINTED_MAX + NAME_BYTES_MAX);
    for (;;) {
        unsigned length = take(&walk);
        if (walk.is_broken || length == 0)
            break;
        if ((length & POINTER_BITS) == POINTER_BITS) {
            size_t target = (length & ~POINTER_BITS) << 8 | take(&walk);
            if (!has_jumped)
                c->at = walk.at;
            has_jumped = true;
            walk.is_broken |= target >= lowest;
            lowest = walk.at = target;
            walk.end = walk.all.length;
            continue;
        }
        bytes += length + 1;
        walk.is_broken |= length > 63 || bytes > NAME_BYTES_MAX;
        print_label(&out, take_bytes(&walk, length));
    }
    if (!has_jumped)
        c->at = walk.at;
    c->is_broken |= walk.is_broken;
    return buf_peek(&out);
}

static struct ip take_ip(struct cursor *c, bool is_v4) {
    struct ip ip = {{0}};
    if (is_v4)
        return ip_from_v4(take_32(c));
    for (size_t i = 0; i < sizeof ip.bytes; i++)
        ip.bytes[i] = (unsigned char)take(c);
    return ip;
}

static struct text take_strings(struct arena *a, struct cursor *c) {
    struct buf out;
    buf_init(&out, a, UINT16_MAX);
    while (!c->is_broken && c->at < c->end)
        buf_text(&out, take_bytes(c, take(c)));
    return buf_peek(&out);
}

static void take_numbers(struct cursor *c, struct dns_record *r, unsigned count) {
    for (unsigned i = 0; i < count; i++)
        r->numbers[i] = take_16(c);
}

static void take_data(struct arena *a, struct cursor *c, struct dns_record *r) {
    switch (r->type) {
    case DNS_A:
    case DNS_AAAA:
        r->ip = take_ip(c, r->type == DNS_A);
        return;
    case DNS_MX:
    case DNS_SRV:
        take_numbers(c, r, r->type == DNS_MX ? 1 : 3);
        r->target = take_name(a, c);
        return;
    case DNS_NS:
    case DNS_CNAME:
    case DNS_PTR:
        r->target = take_name(a, c);
        return;
    case DNS_SOA:
        r->target = take_name(a, c);
        r->second = take_name(a, c);
        for (unsigned i = 0; i < 5; i++)
            r->numbers[i] = take_32(c);
        return;
    case DNS_TXT:
        r->target = take_strings(a, c);
        return;
    case DNS_CAA:
        r->numbers[0] = take(c);
        r->second = text_copy_in(a, take_bytes(c, take(c)));
        r->target = text_copy_in(a, take_bytes(c, c->end - c->at));
        return;
    }
}

static const struct {
    enum dns_type type;
    const char *name;
} types[] = {
    {DNS_A, "A"},     {DNS_NS, "NS"},   {DNS_CNAME, "CNAME"}, {DNS_SOA, "SOA"}, {DNS_PTR, "PTR"},
    {DNS_MX, "MX"},   {DNS_TXT, "TXT"}, {DNS_AAAA, "AAAA"},   {DNS_SRV, "SRV"}, {DNS_CAA, "CAA"},
};

const char *dns_type_name(enum dns_type type) {
    for (size_t i = 0; i < COUNT(types); i++)
        if (types[i].type == type)
            return types[i].name;
    return NULL;
}

bool dns_type_parse(struct text name, enum dns_type *out) {
    for (size_t i = 0; i < COUNT(types); i++) {
        if (!text_equal_nocase(name, text_c(types[i].name)))
            continue;
        *out = types[i].type;
        return true;
    }
    return false;
}

/* False where the message is broken; *kept_out tells a record that we read from one that we pass over. */
static bool take_record(struct arena *a, struct cursor *c, struct dns_record *r, bool *kept_out) {
    r->host = take_name(a, c);
    r->type = (enum dns_type)take_16(c);
    unsigned class = take_16(c);
    r->ttl_s = take_32(c);
    unsigned length = take_16(c);
    if (c->is_broken || length > c->end - c->at)
        return false;
    struct cursor data = *c;
    data.end = c->at + length;
    c->at = data.end;
    *kept_out = class == CLASS_IN && dns_type_name(r->type);
    if (*kept_out)
        take_data(a, &data, r);
    return !data.is_broken && (!*kept_out || data.at == data.end);
}

bool dns_answer_parse_in(struct arena *a, struct text message, struct dns_answer *out) {
    struct cursor c = {message, 0, message.length, false};
    take_bytes(&c, 4);
    unsigned questions = take_16(&c), answers = take_16(&c);
    take_bytes(&c, 4);
    for (unsigned i = 0; i < questions && !c.is_broken; i++) {
        take_name(a, &c);
        take_32(&c);
    }
    if (c.is_broken || answers > RECORDS_MAX)
        return false;
    struct dns_answer found = {arena_alloc(a, sizeof *found.records * (answers + 1)), 0};
    for (unsigned i = 0; i < answers; i++) {
        bool is_kept = false;
        struct dns_record r = {.ttl_s = 0};
        if (!take_record(a, &c, &r, &is_kept))
            return false;
        if (is_kept)
            found.records[found.count++] = r;
    }
    *out = found;
    return true;
}

struct text dns_reverse_name_in(struct arena *a, const struct ip *ip) {
    const unsigned char *b = ip->bytes + 12;
    if (ip_is_v4(ip))
        return text_format_in(a, "%u.%u.%u.%u.in-addr.arpa", b[3], b[2], b[1], b[0]);
    struct buf out;
    buf_init(&out, a, 80);
    for (int i = 15; i >= 0; i--)
        buf_format(&out, "%x.%x.", ip->bytes[i] & 15u, ip->bytes[i] >> 4);
    buf_c(&out, "ip6.arpa");
    return buf_peek(&out);
}
