/* segment_test.c: the same pieces as jieba, on committed rows and, where it is installed, on
 * made-up sentences that it is asked about now. Needs the pack WORDS (ALAPI_DATA, else build/data). */
#include "test.h"

#include "base/buf.h"
#include "data/data.h"
#include "data/segment.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct pack *words(void) {
    static struct data *data;
    const char *folder = getenv("ALAPI_DATA");
    if (!data)
        data = data_open(folder ? folder : "build/data");
    if (data_fault(data, DATA_WORDS))
        fail_msg("%s; node dataset/build.mjs build/data makes it", data_fault(data, DATA_WORDS));
    return data_pack(data, DATA_WORDS);
}

static const char *const mode_names[] = {[SEGMENT_PRECISE] = "PRECISE",
                                         [SEGMENT_FULL] = "FULL",
                                         [SEGMENT_SEARCH] = "SEARCH",
                                         [SEGMENT_KNOWN] = "KNOWN"};

static bool cuts_to(enum segment_mode mode, struct text given, struct text wanted) {
    struct arena a;
    struct buf joined;
    arena_init(&a, 8 << 20);
    buf_init(&joined, &a, 1 << 20);
    struct segments s = segment_in(&a, words(), given, mode);
    for (size_t i = 0; i < s.count; i++) {
        buf_c(&joined, i ? "|" : "");
        buf_text(&joined, s.pieces[i]);
    }
    bool same = text_equal(buf_peek(&joined), wanted);
    if (!same)
        print_error("%s of \"%.*s\" gave\n%.*s\nnot\n%.*s\n", mode_names[mode], TEXT_ARG(given),
                    TEXT_ARG(buf_peek(&joined)), TEXT_ARG(wanted));
    arena_done(&a);
    return same;
}

TEST(the_committed_rows_are_cut_as_by_jieba) {
    static const struct {
        enum segment_mode mode;
        const char *given, *wanted;
    } rows[] = {
#define ROW(mode, given, wanted) {SEGMENT_##mode, given, wanted},
#include "data/segment_golden.def"
#undef ROW
    };
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT(rows); i++)
        wrong += !cuts_to(rows[i].mode, text_c(rows[i].given), text_c(rows[i].wanted));
    want_int(wrong, 0);
}

static enum segment_mode mode_of(struct text name) {
    for (size_t i = 0; i < COUNT(mode_names); i++)
        if (text_equal_c(name, mode_names[i]))
            return (enum segment_mode)i;
    fail_msg("no mode %.*s", TEXT_ARG(name));
    return SEGMENT_PRECISE;
}

/* What the original says about made-up sentences; NULL where no process can be started. */
static FILE *ask_jieba(pid_t *child_out) {
    int ends[2];
    if (pipe(ends) != 0)
        return NULL;
    *child_out = fork();
    if (*child_out == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        execlp("python3", "python3", "test/golden/segment.py", "1", "400", NULL);
        _exit(127);
    }
    close(ends[1]);
    return fdopen(ends[0], "r");
}

TEST(made_up_sentences_are_cut_as_by_jieba) {
    pid_t child;
    FILE *answers = ask_jieba(&child);
    char *line = NULL;
    size_t room = 0, rows = 0, wrong = 0;
    ssize_t length;
    while (answers && (length = getline(&line, &room, answers)) > 0) {
        struct text row = text_of(line, (size_t)length - 1);
        rows++;
        wrong += !cuts_to(mode_of(pack_field(row, 0)), pack_field(row, 1), pack_field(row, 2));
    }
    free(line);
    if (answers) {
        fclose(answers);
        waitpid(child, NULL, 0);
    }
    if (!rows) {
        print_message("no python3 with jieba here: not compared with the original\n");
        skip();
    }
    print_message("%zu answers of jieba compared\n", rows);
    want_int(wrong, 0);
}

TEST(pieces_have_their_part_of_speech) {
    static const struct {
        const char *piece, *wanted;
    } rows[] = {{"北京", "ns"},   {"清华大学", "nt"}, {"研究", "vn"}, {"我", "r"},
                {"Hello", "eng"}, {"3.14", "m"},      {"50%", "m"},   {"，", "x"},
                {"朴槿惠", "x"},  {" ", "x"},         {"", "x"},      {"%", "x"}};
    for (size_t i = 0; i < COUNT(rows); i++)
        want_text(segment_tag(words(), text_c(rows[i].piece)), rows[i].wanted);
}

/* Law: no bytes at all make it crash or leave its bounds; of UTF-8, the pieces are the text again.
 * */
TEST(any_bytes_are_survived) {
    struct arena a;
    unsigned state = 7;
    arena_init(&a, 8 << 20);
    for (int round = 0; round < 300; round++) {
        char bytes[40], room[4];
        struct buf b;
        buf_init(&b, &a, 1 << 16);
        for (size_t i = 0; i < sizeof bytes; i++) {
            bytes[i] = (char)((state = state * 1103515245 + 12345) >> 16);
            buf_text(&b, text_rune_print(room, 0x4E00 + (int32_t)(state >> 8) % 0x100 -
                                                   (i % 5 == 0 ? 0x4DA0 : 0)));
        }
        for (enum segment_mode mode = SEGMENT_PRECISE; mode <= SEGMENT_KNOWN; mode++) {
            segment_in(&a, words(), text_of(bytes, sizeof bytes), mode);
            struct segments s = segment_in(&a, words(), buf_peek(&b), mode);
            size_t length = 0;
            for (size_t i = 0; i < s.count; i++)
                length += s.pieces[i].length;
            if (mode == SEGMENT_PRECISE || mode == SEGMENT_KNOWN)
                want_int(length, b.length);
        }
        arena_reset(&a);
    }
    arena_done(&a);
}

TESTS(RUN(the_committed_rows_are_cut_as_by_jieba), RUN(made_up_sentences_are_cut_as_by_jieba),
      RUN(pieces_have_their_part_of_speech), RUN(any_bytes_are_survived))
