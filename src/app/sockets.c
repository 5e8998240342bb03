/* sockets.c: see sockets.h. */
#include "app/sockets.h"
#include "base/file.h"
#include "base/must.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { TABLE_BYTES_MAX = 4 << 20, STATE_LISTEN = 10, V4_LETTERS = 8, V6_LETTERS = 32, WORD_LETTERS = 8 };

static bool parse_hex(struct text t, uint64_t *out) {
    *out = 0;
    for (size_t i = 0; i < t.length; i++) {
        const char *digits = "0123456789ABCDEF";
        const char *at = t.bytes[i] ? strchr(digits, t.bytes[i]) : NULL;
        if (!at || i >= 16)
            return false;
        *out = *out << 4 | (uint64_t)(at - digits);
    }
    return t.length > 0;
}

/* Each word of eight letters is four bytes as the machine holds a number. */
static bool parse_address(struct text hex, struct ip *out) {
    size_t words = hex.length / WORD_LETTERS;
    if (hex.length != V4_LETTERS && hex.length != V6_LETTERS)
        return false;
    *out = ip_from_v4(0);
    for (size_t i = 0; i < words; i++) {
        uint64_t value;
        if (!parse_hex(text_part(hex, i * WORD_LETTERS, WORD_LETTERS), &value))
            return false;
        uint32_t word = (uint32_t)value;
        memcpy(out->bytes + (words == 1 ? 12 : 4 * i), &word, sizeof word);
    }
    return true;
}

static bool next_word(struct text *rest, struct text *out) {
    *rest = text_trim(*rest);
    return text_cut(rest, ' ', out) && out->length > 0;
}

/*   sl  local_address rem_address   st tx:rx tr:when retrnsmt uid timeout inode … */
bool socket_line_parse(struct text line, struct socket_line *out) {
    struct text words[10], rest = line, address;
    uint64_t port, state;
    for (size_t i = 0; i < COUNT(words); i++)
        if (!next_word(&rest, &words[i]))
            return false;
    struct text remote = words[2];
    if (!text_cut(&remote, ':', &address) || !parse_address(address, &out->remote.ip) ||
        !parse_hex(remote, &port) || !parse_hex(words[3], &state) || !text_to_u64(words[9], &out->inode))
        return false;
    out->remote.port = (unsigned)port;
    out->state = (unsigned)state;
    return true;
}

static bool is_here(const struct ip *ip) {
    struct ip_network v4, v6;
    static const struct ip nowhere = {{0}};
    struct ip none = ip_from_v4(0);
    return !ip_network_parse(TEXT("127.0.0.0/8"), &v4) || !ip_network_parse(TEXT("::1"), &v6) ||
           ip_network_has(&v4, ip) || ip_network_has(&v6, ip) || memcmp(ip, &nowhere, sizeof *ip) == 0 ||
           memcmp(ip, &none, sizeof *ip) == 0;
}

/* Is it one of this process's own? */
static struct err is_ours(struct arena *a, uint64_t inode, bool *out) {
    DIR *folder = opendir("/proc/self/fd");
    *out = false;
    if (!folder)
        return file_fault(a, "cannot read", "/proc/self/fd");
    for (struct dirent *entry; !*out && (entry = readdir(folder));) {
        struct stat info;
        if (fstatat(dirfd(folder), entry->d_name, &info, 0) == 0 && S_ISSOCK(info.st_mode))
            *out = info.st_ino == inode;
    }
    closedir(folder);
    return ok;
}

static struct err read_table(struct arena *a, const char *path, struct remote *out, unsigned room,
                             unsigned *count) {
    struct text content, line;
    if (file_read_pseudo_in(a, path, TABLE_BYTES_MAX, &content).kind)
        return ok; /* a machine without IPv6 has no tcp6 */
    while (text_cut(&content, '\n', &line)) {
        struct socket_line s;
        bool ours;
        if (!socket_line_parse(line, &s) || s.state == STATE_LISTEN || is_here(&s.remote.ip))
            continue;
        try(is_ours(a, s.inode, &ours));
        if (ours && *count < room)
            out[(*count)++] = s.remote;
    }
    return ok;
}

struct err sockets_outward(struct arena *a, struct remote *out, unsigned room, unsigned *count_out) {
    *count_out = 0;
    try(read_table(a, "/proc/self/net/tcp", out, room, count_out));
    return read_table(a, "/proc/self/net/tcp6", out, room, count_out);
}
