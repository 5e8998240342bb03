/* url.c: see url.h. */
#include "codec/url.h"
#include "codec/host.h"
#include "codec/ip.h"

static bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool is_scheme(struct text t) {
    bool fits = t.length > 0 && t.length <= 32 && is_alpha(t.bytes[0]);
    for (size_t i = 1; fits && i < t.length; i++)
        fits = is_alpha(t.bytes[i]) || is_digit(t.bytes[i]) || text_find_char(TEXT("+-."), t.bytes[i]) != SIZE_MAX;
    return fits;
}

static struct text cut_before(struct text *rest, char c, bool *is_there) {
    size_t at = text_find_char(*rest, c);
    struct text behind = TEXT("");
    *is_there = at != SIZE_MAX;
    if (*is_there) {
        behind = text_from(*rest, at + 1);
        *rest = text_part(*rest, 0, at);
    }
    return behind;
}

/* "[::1]:80", "a.b:80"; the port is digits, at most 65535, or empty. */
static bool read_host(struct text t, struct url *out) {
    size_t end = t.length && t.bytes[0] == '[' ? text_find_char(t, ']') : text_find_char(t, ':');
    uint64_t port = 0;
    if (t.length && t.bytes[0] == '[') {
        struct ip ip;
        if (end == SIZE_MAX || !ip_parse(text_part(t, 1, end - 1), &ip))
            return false;
        end++;
    }
    end = end < t.length ? end : t.length;
    out->host = text_part(t, 0, end);
    out->port = text_from(t, end + 1);
    if (end < t.length && t.bytes[end] != ':')
        return false;
    return out->port.length == 0 || (text_to_u64(out->port, &port) && port <= 65535);
}

static bool read_authority(struct text *rest, struct url *out) {
    *rest = text_from(*rest, 2);
    size_t slash = text_find_char(*rest, '/');
    struct text authority = text_part(*rest, 0, slash);
    *rest = slash == SIZE_MAX ? TEXT("") : text_from(*rest, slash);
    size_t at = authority.length;
    while (at > 0 && authority.bytes[at - 1] != '@')
        at--;
    out->has_authority = true;
    out->has_user = at > 0;
    if (at > 0) {
        out->user = text_part(authority, 0, at - 1);
        out->password = cut_before(&out->user, ':', &out->has_password);
    }
    return read_host(text_from(authority, at), out);
}

static bool is_plain(struct text t) {
    for (size_t i = 0; i < t.length; i++)
        if ((unsigned char)t.bytes[i] <= ' ' || t.bytes[i] == 0x7F || t.bytes[i] == '\\' ||
            t.bytes[i] == '<' ||
            t.bytes[i] == '>' || t.bytes[i] == '"')
            return false;
    return true;
}

bool url_parse(struct text t, struct url *out) {
    size_t colon = text_find_char(t, ':');
    struct text rest;
    *out = (struct url){.has_query = false};
    out->scheme = text_part(t, 0, colon);
    if (colon == SIZE_MAX || !is_scheme(out->scheme) || !is_plain(t))
        return false;
    rest = text_from(t, colon + 1);
    out->fragment = cut_before(&rest, '#', &out->has_fragment);
    out->query = cut_before(&rest, '?', &out->has_query);
    if (text_starts(rest, TEXT("//")) && !read_authority(&rest, out))
        return false;
    out->path = rest;
    return true;
}

unsigned url_default_port(struct text scheme) {
    static const struct { const char *scheme; unsigned port; } rows[] = {
        {"http", 80}, {"https", 443}, {"ws", 80}, {"wss", 443}, {"ftp", 21}, {"ssh", 22}, {"git", 9418}, {"ldap", 389}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (text_equal_nocase(scheme, text_c(rows[i].scheme)))
            return rows[i].port;
    return 0;
}

/* ---- the normal form ---- */

static int hex(char c) {
    return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F'
            ? c - 'A' + 10 : -1;
}

static bool is_unreserved(int c) {
    return (c < 0x80 && is_alpha((char)c)) || (c < 0x80 && is_digit((char)c)) || c == '-' || c == '.' ||
            c == '_' ||
           c == '~';
}

/* Escapes as they should be; a byte that may not stand bare, and a % that is no escape, is escaped. */
static void put_escaped(struct buf *b, struct text t) {
    for (size_t i = 0; i < t.length; i++) {
        unsigned char c = (unsigned char)t.bytes[i];
        int value = c == '%' && i + 2 < t.length && hex(t.bytes[i + 1]) >= 0 && hex(t.bytes[i + 2]) >= 0
                        ? hex(t.bytes[i + 1]) * 16 + hex(t.bytes[i + 2])
                        : -1;
        if (value >= 0 && is_unreserved(value))
            buf_char(b, (char)value);
        else if (value >= 0 || c >= 0x80 || c == '%')
            buf_format(b, "%%%02X", (unsigned)(value >= 0 ? value : c));
        else
            buf_char(b, (char)c);
        i += value >= 0 ? 2 : 0;
    }
}

/* Without "." and ".." (5.2.4). The path begins with '/'. */
static struct text undotted_in(struct arena *a, struct text path) {
    struct buf b;
    struct text rest = text_from(path, 1);
    bool more = path.length > 0;
    buf_init(&b, a, path.length + 1);
    while (more) {
        size_t slash = text_find_char(rest, '/');
        struct text piece = text_part(rest, 0, slash);
        bool is_dot = text_equal_c(piece, "."), is_up = text_equal_c(piece, "..");
        more = slash != SIZE_MAX;
        rest = more ? text_from(rest, slash + 1) : TEXT("");
        while (is_up && b.length > 0 && b.bytes[--b.length] != '/')
            continue;
        if (!is_dot && !is_up) {
            buf_char(&b, '/');
            buf_text(&b, piece);
        } else if (!more) {
            buf_char(&b, '/');
        }
    }
    return buf_peek(&b);
}

static struct text normal_host_in(struct arena *a, struct text host) {
    struct text normal;
    struct ip ip;
    if (host.length > 2 && host.bytes[0] == '[' && ip_parse(text_part(host, 1, host.length - 2), &ip))
        return text_format_in(a, "[%.*s]", TEXT_ARG(ip_print_in(a, &ip)));
    if (!ip_parse(host, &ip) && text_find_char(host, '/') == SIZE_MAX && host_normalize_in(a, host, &normal))
        return normal;
    return text_lower_in(a, host);
}

static void put_authority(struct buf *b, const struct url *u) {
    uint64_t port = 0;
    buf_c(b, "//");
    put_escaped(b, u->user);
    if (u->has_password) {
        buf_char(b, ':');
        put_escaped(b, u->password);
    }
    buf_c(b, u->has_user ? "@" : "");
    buf_text(b, normal_host_in(b->arena, u->host));
    if (u->port.length && text_to_u64(u->port, &port) && port != url_default_port(u->scheme))
        buf_format(b, ":%u", (unsigned)port);
}

struct text url_normal_in(struct arena *a, const struct url *u) {
    struct buf b, path;
    size_t bytes = 64 + 8 * (u->host.length + u->user.length + u->password.length) +
                   3 * (u->path.length + u->query.length + u->fragment.length + u->scheme.length);
    buf_init(&b, a, bytes);
    buf_init(&path, a, u->path.length * 3 + 1);
    buf_text(&b, text_lower_in(a, u->scheme));
    buf_char(&b, ':');
    if (u->has_authority)
        put_authority(&b, u);
    put_escaped(&path, u->path);
    if (u->has_authority && path.length == 0)
        buf_char(&b, '/');
    buf_text(&b, u->has_authority ? undotted_in(a, buf_peek(&path)) : buf_peek(&path));
    buf_c(&b, u->has_query ? "?" : "");
    put_escaped(&b, u->query);
    buf_c(&b, u->has_fragment ? "#" : "");
    put_escaped(&b, u->fragment);
    return buf_peek(&b);
}
