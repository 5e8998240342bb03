/* chinese.c: see chinese.h. */
#include "codec/chinese.h"
#include "base/must.h"

#include <opencc/opencc.h>
#include <pthread.h>
#include <stdatomic.h>

static const char *const files[] = {
    "s2t.json",   "t2s.json",  "s2tw.json", "tw2s.json", "s2hk.json", "hk2s.json", "s2twp.json",
    "tw2sp.json", "t2tw.json", "tw2t.json", "t2hk.json", "hk2t.json", "t2jp.json", "jp2t.json",
};

/* The cache that the header tells of: written once each, under the lock. */
static _Atomic(opencc_t) opened[COUNT(files)];
static pthread_mutex_t opening = PTHREAD_MUTEX_INITIALIZER;

static size_t place_of(struct text name) {
    for (size_t i = 0; i < COUNT(files); i++) {
        struct text file = text_c(files[i]);
        if (text_equal(text_part(file, 0, file.length - sizeof ".json" + 1), name))
            return i;
    }
    return COUNT(files);
}

/* NULL where it does not open. The library finds a bare name in its own folder. */
static opencc_t converter(size_t place) {
    opencc_t found = atomic_load_explicit(&opened[place], memory_order_acquire);
    if (found)
        return found;
    pthread_mutex_lock(&opening);
    found = atomic_load_explicit(&opened[place], memory_order_relaxed);
    if (!found) {
        found = opencc_open(files[place]);
        if (found == (opencc_t)-1)
            found = NULL;
        atomic_store_explicit(&opened[place], found, memory_order_release);
    }
    pthread_mutex_unlock(&opening);
    return found;
}

bool chinese_has(struct text name) {
    return place_of(name) < COUNT(files);
}

struct err chinese_convert_in(struct arena *a, struct text name, struct text chinese,
                              struct text *out) {
    size_t place = place_of(name);
    must(place < COUNT(files));
    opencc_t with = converter(place);
    if (!with)
        return err_make(ERR_SOURCE_UNAVAILABLE,
                        "the dictionaries of OpenCC do not open; install libopencc-data");
    char *converted =
        chinese.length ? opencc_convert_utf8(with, chinese.bytes, chinese.length) : NULL;
    if (chinese.length && !converted)
        return err_make(ERR_INTERNAL, "OpenCC did not convert the text");
    *out = text_copy_in(a, text_c(converted));
    if (converted)
        opencc_convert_utf8_free(converted);
    return ok;
}

struct err chinese_warm(void) {
    for (size_t i = 0; i < COUNT(files); i++)
        if (!converter(i))
            return err_make(ERR_SOURCE_UNAVAILABLE, files[i]);
    return ok;
}
