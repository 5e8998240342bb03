/* pack_test.c: packs made here by hand after the picture in pack.h, whole, cut short, and with each byte
 * turned over: a reader may say nothing, never anything false. */
#include "test.h"

#include "codec/crc32.h"
#include "data/pack.h"

#include <sys/mman.h>
#include <unistd.h>

enum { BLOCK = 1 << 16, DATA_AT = 128, ROOM = 3 * BLOCK };

struct row {
    const char *key, *value;
};

struct image {
    unsigned char bytes[ROOM];
    size_t size;
};

static void put32(unsigned char *at, uint32_t v) { memcpy(at, &v, sizeof v); }
static void put64(unsigned char *at, uint64_t v) { memcpy(at, &v, sizeof v); }

static uint32_t fnv(const char *key) {
    uint32_t hash = 2166136261u;
    for (; *key; key++)
        hash = (hash ^ (unsigned char)*key) * 16777619u;
    return hash;
}

static uint32_t crc(const unsigned char *bytes, size_t length) {
    return crc32_of(text_of((const char *)bytes, length));
}

static size_t append(struct image *m, const char *c_string) {
    size_t at = m->size, length = strlen(c_string);
    must(at + length < ROOM);
    memcpy(m->bytes + at, c_string, length);
    m->size += length;
    return at;
}

static void seal(struct image *m) {
    size_t sums_at = m->size, blocks = (sums_at + BLOCK - 1) / BLOCK;
    for (size_t i = 0; i < blocks; i++) {
        size_t start = i ? i * BLOCK : DATA_AT, end = (i + 1) * BLOCK < sums_at ? (i + 1) * BLOCK : sums_at;
        put32(m->bytes + sums_at + 4 * i, crc(m->bytes + start, end - start));
    }
    m->size += 4 * blocks;
    put64(m->bytes + 8, m->size);
    put32(m->bytes + 52, (uint32_t)blocks);
    put64(m->bytes + 56, sums_at);
    put32(m->bytes + 64, crc(m->bytes + sums_at, 4 * blocks));
    put32(m->bytes + 68, crc(m->bytes, 68));
}

/* `rows` are sorted; `slots` 0 or a power of two larger than count. */
static void make(struct image *m, const struct row *rows, uint32_t count, uint32_t slots) {
    static const char meta[] = "source\tfixture\nas_of\t2024-06-01\n";
    memset(m, 0, sizeof *m);
    memcpy(m->bytes, "ALPACK01", 8);
    size_t hash_at = DATA_AT + 16u * count;
    m->size = hash_at + 4u * slots;
    put32(m->bytes + 16, count);
    put32(m->bytes + 20, slots);
    put64(m->bytes + 24, DATA_AT);
    put64(m->bytes + 32, hash_at);
    put64(m->bytes + 40, m->size);
    put32(m->bytes + 48, sizeof meta - 1);
    append(m, meta);
    for (uint32_t i = 0; i < count; i++) {
        unsigned char *entry = m->bytes + DATA_AT + 16u * i;
        put32(entry, (uint32_t)append(m, rows[i].key));
        put32(entry + 4, (uint32_t)append(m, rows[i].value));
        put32(entry + 8, (uint32_t)strlen(rows[i].value));
        put32(entry + 12, (uint32_t)strlen(rows[i].key));
        uint32_t slot = fnv(rows[i].key), used = 1;
        for (; slots; slot++) {
            memcpy(&used, m->bytes + hash_at + 4u * (slot & (slots - 1)), 4);
            if (!used) {
                put32(m->bytes + hash_at + 4u * (slot & (slots - 1)), i + 1);
                break;
            }
        }
    }
    seal(m);
}

/* The file is in memory only. */
static struct pack *open_image(const struct image *m, size_t size) {
    struct arena a;
    struct pack *p = NULL;
    int fd = memfd_create("pack_test", MFD_CLOEXEC);
    must(fd >= 0 && write(fd, m->bytes, size) == (ssize_t)size);
    arena_init(&a, 1 << 20);
    if (pack_open(&a, text_say_in(&a, "/proc/self/fd/%d", fd), &p).kind)
        p = NULL;
    close(fd);
    arena_done(&a);
    return p;
}

static const struct row rows[] = {
    {"apple", "red\tround\t"}, {"banana", "yellow"}, {"cherry", ""}, {"date", "brown\tsmall\tsweet"}, {"fig", "green"}};
enum { ROWS = sizeof rows / sizeof *rows };

static void whole_pack_answers(uint32_t slots) {
    static struct image m;
    struct text key, value;
    make(&m, rows, ROWS, slots);
    struct pack *p = open_image(&m, m.size);
    want(p != NULL);
    want_int(pack_count(p), ROWS);
    want_text(pack_meta(p, "source"), "fixture");
    want_text(pack_meta(p, "as_of"), "2024-06-01");
    want_text(pack_meta(p, "licence"), "");
    for (uint32_t i = 0; i < ROWS; i++) {
        want(pack_find(p, text_c(rows[i].key), &value));
        want_text(value, rows[i].value);
        want(pack_at(p, i, &key, &value));
        want_text(key, rows[i].key);
        want_int(pack_seek(p, text_c(rows[i].key)), i);
    }
    want(!pack_at(p, ROWS, &key, &value));
    static const char *const absent[] = {"", "a", "applf", "apples", "zebra", "dat"};
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++)
        want(!pack_find(p, text_c(absent[i]), &value));
    want_int(pack_seek(p, TEXT("")), 0);
    want_int(pack_seek(p, TEXT("dat")), 3);
    want_int(pack_seek(p, TEXT("dates")), 4);
    want_int(pack_seek(p, TEXT("zebra")), ROWS);
    want(pack_check_all(p) && !pack_is_damaged(p));
    pack_close(p);
}

TEST(a_whole_pack_answers) {
    whole_pack_answers(0);
    whole_pack_answers(16);
}

TEST(fields_are_parted_by_tabs) {
    struct text value = text_c("red\tround\t");
    want_text(pack_field(value, 0), "red");
    want_text(pack_field(value, 1), "round");
    want_text(pack_field(value, 2), "");
    want_text(pack_field(value, 9), "");
    struct text fields[5];
    pack_fields(value, fields, COUNT(fields));
    for (unsigned i = 0; i < COUNT(fields); i++)
        want(text_equal(fields[i], pack_field(value, i)));
    pack_fields(TEXT(""), fields, COUNT(fields));
    want(fields[0].length == 0 && fields[4].length == 0);
}

/* Spellings of up to three letters in order: "", "\x01", "\x01\x01" … "\xFF\xFF\xFF". */
static void spell(char out[static 4], unsigned number) {
    static const char letters[] = {0, 1, 'a', 'b', (char)0xFF};
    memset(out, 0, 4);
    for (int i = 0, part = 25; i < 3; i++, part /= 5)
        out[i] = letters[number / (unsigned)part % 5];
    for (int i = 1; i < 3; i++)
        if (!out[i - 1])
            out[i] = 0; /* nothing behind an end */
}

/* A search remembers where two bytes begin: whichever came first, it finds what a look at all keys finds. */
TEST(a_search_finds_what_a_look_at_all_finds) {
    static struct image m;
    static char spellings[125][4];
    static struct row some[125];
    uint32_t count = 0;
    for (unsigned i = 0; i < 125; i++) {
        spell(spellings[i], i);
        bool is_new = i == 0 || strcmp(spellings[i], spellings[i - 1]) != 0;
        if (is_new && i % 3 != 0 && spellings[i][0])
            some[count++] = (struct row){spellings[i], "v"};
    }
    make(&m, some, count, 0);
    for (unsigned start = 0; start < 125; start += 7) {
        struct pack *p = open_image(&m, m.size);
        want(p != NULL);
        for (unsigned i = 0; i < 2 * 125; i++) {
            const char *key = spellings[(start + 31 * i) % 125];
            uint32_t wanted = 0;
            while (wanted < count && strcmp(some[wanted].key, key) < 0)
                wanted++;
            want_int(pack_seek(p, text_c(key)), wanted);
        }
        pack_close(p);
    }
}

TEST(an_empty_pack_finds_nothing) {
    static struct image m;
    struct text key, value;
    make(&m, rows, 0, 0);
    struct pack *p = open_image(&m, m.size);
    want(p != NULL);
    want(!pack_find(p, TEXT("apple"), &value) && !pack_at(p, 0, &key, &value));
    want_int(pack_seek(p, TEXT("apple")), 0);
    pack_close(p);
}

TEST(a_pack_cut_short_is_refused) {
    static struct image m;
    make(&m, rows, ROWS, 16);
    for (size_t size = 0; size < m.size; size++)
        want(open_image(&m, size) == NULL);
    want(open_image(&m, m.size + 1) == NULL);
}

TEST(a_missing_pack_is_named) {
    struct arena a;
    struct pack *p;
    arena_init(&a, 1 << 16);
    struct err e = pack_open(&a, "/nonexistent/x.pack", &p);
    want(e.kind != ERR_NONE && strstr(e.say, "/nonexistent/x.pack"));
    arena_done(&a);
}

/* All that a reader may say of a damaged pack: the truth, or nothing. */
static void says_nothing_false(const struct pack *p) {
    struct text key, value;
    for (uint32_t i = 0; i < ROWS; i++) {
        if (pack_find(p, text_c(rows[i].key), &value))
            want_text(value, rows[i].value);
        else
            want(pack_is_damaged(p));
        if (pack_at(p, i, &key, &value)) {
            want_text(key, rows[i].key);
            want_text(value, rows[i].value);
        }
        uint32_t place = pack_seek(p, text_c(rows[i].key));
        want(place == i || (place == pack_count(p) && pack_is_damaged(p)));
    }
    want(!pack_find(p, TEXT("grape"), &value));
    struct text source = pack_meta(p, "source");
    want(text_equal_c(source, "fixture") || (source.length == 0 && pack_is_damaged(p)));
}

static void turn_each_byte(uint32_t slots) {
    static struct image m;
    make(&m, rows, ROWS, slots);
    for (size_t i = 0; i < m.size; i++) {
        for (int bit = 0; bit < 9; bit++) {
            unsigned char kept = m.bytes[i];
            m.bytes[i] ^= (unsigned char)(bit < 8 ? 1u << bit : 0xFFu);
            struct pack *p = open_image(&m, m.size);
            if (p) {
                bool is_padding = i >= 72 && i < DATA_AT;
                says_nothing_false(p);
                want(is_padding || pack_is_damaged(p));
                want(pack_check_all(p) == is_padding);
            }
            pack_close(p);
            m.bytes[i] = kept;
        }
    }
}

TEST(a_turned_byte_is_never_believed) {
    turn_each_byte(0);
    turn_each_byte(16);
}

/* Sums that fit lying offsets: the writer is wrong, not the disk. Nothing may leave the mapping. */
TEST(offsets_that_lie_stay_inside) {
    static struct image m;
    static const uint32_t lies[] = {0, 1, 127, 1000, 70000, 0x7FFFFFFF, 0xFFFFFFFF};
    for (size_t field = 0; field < 4; field++)
        for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
            struct text key, value;
            make(&m, rows, ROWS, 16);
            m.size -= 4; /* its one sum */
            put32(m.bytes + DATA_AT + 16 * 2 + 4 * field, lies[i]);
            seal(&m);
            struct pack *p = open_image(&m, m.size);
            want(p != NULL);
            for (uint32_t place = 0; place < ROWS; place++) {
                pack_at(p, place, &key, &value);
                pack_find(p, text_c(rows[place].key), &value);
                pack_seek(p, text_c(rows[place].key));
            }
            pack_close(p);
        }
}

/* A damaged block takes its own values with it, and the whole pack is known to be damaged; values of other
 * blocks read before stay right. */
TEST(damage_is_found_block_by_block) {
    static struct image m;
    static char long_value[BLOCK + 1000];
    memset(long_value, 'x', sizeof long_value - 1);
    const struct row two[] = {{"a", long_value}, {"b", "in the second block"}};
    struct text value;
    make(&m, two, 2, 0);
    m.bytes[BLOCK + 500] ^= 1;
    struct pack *p = open_image(&m, m.size);
    want(p != NULL && !pack_is_damaged(p));
    want_text(pack_meta(p, "source"), "fixture");
    want(!pack_is_damaged(p));
    want(!pack_find(p, TEXT("b"), &value));
    want(pack_is_damaged(p));
    want(!pack_check_all(p));
    pack_close(p);
}

TESTS(RUN(a_whole_pack_answers), RUN(fields_are_parted_by_tabs),
      RUN(a_search_finds_what_a_look_at_all_finds), RUN(an_empty_pack_finds_nothing),
      RUN(a_pack_cut_short_is_refused), RUN(a_missing_pack_is_named),
      RUN(a_turned_byte_is_never_believed), RUN(offsets_that_lie_stay_inside),
      RUN(damage_is_found_block_by_block))
