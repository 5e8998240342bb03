/* address_range.c: see address_range.h. */
#include "data/address_range.h"

#include <string.h>

static struct ip before(struct text key) {
    struct ip ip;
    memcpy(ip.bytes, key.bytes, sizeof ip.bytes);
    for (int i = 15; i >= 0; i--)
        if (ip.bytes[i]--)
            break;
    return ip;
}

bool address_range_find(const struct pack *p, const struct ip *ip, struct address_range *out) {
    struct text wanted = text_of((const char *)ip->bytes, sizeof ip->bytes), key, value, next, unused;
    uint32_t place = pack_seek(p, wanted);
    bool is_start = pack_at(p, place, &key, &value) && text_equal(key, wanted);
    if (!is_start && (place == 0 || !pack_at(p, --place, &key, &value)))
        return false;
    if (key.length != sizeof ip->bytes || value.length == 0)
        return false;
    memcpy(out->first.bytes, key.bytes, sizeof ip->bytes);
    memset(out->last.bytes, 0xFF, sizeof ip->bytes);
    if (pack_at(p, place + 1, &next, &unused) && next.length == sizeof ip->bytes)
        out->last = before(next);
    out->value = value;
    return true;
}
