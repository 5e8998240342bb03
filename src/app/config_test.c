/* config_test.c: settings at their bounds, and the sentences about wrong lines. */
#include "test.h"

#include "app/config.h"
#include "base/file.h"

#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/alapi-config-XXXXXX";

static struct err load(struct arena *a, const char *lines, struct config *out) {
    const char *path = text_say_in(a, "%s/alapi.conf", folder);
    want_ok(file_write_whole(a, path, text_c(lines), 0600));
    struct err e = config_load(a, path, out);
    unlink(path);
    return e;
}

TEST(a_missing_file_means_the_defaults) {
    struct arena a;
    struct config c;
    arena_init(&a, 1 << 20);
    want_ok(config_load(&a, "/nonexistent/alapi.conf", &c));
    want_int(c.listen_port, 8080);
    want(strcmp(c.zone, "Asia/Shanghai") == 0);
    arena_done(&a);
}

TEST(the_sample_is_the_defaults_commented_out) {
    struct arena a;
    struct config c;
    arena_init(&a, 1 << 20);
    char *sample = text_c_in(&a, config_sample_in(&a));
    want_ok(load(&a, sample, &c));
    for (char *line = strchr(sample, '\n'); line; line = strchr(line + 1, '\n'))
        if (strncmp(line + 1, "# ", 2) == 0 && strstr(line + 1, " = ") &&
            strstr(line + 1, " = ") < strchr(line + 1, '\n') && strncmp(line + 1, "# alapi.conf", 12) != 0)
            memset(line + 1, ' ', 2); /* the settings themselves */
    want_ok(load(&a, sample, &c));
    want_int(c.listen_port, 8080);
    arena_done(&a);
}

TEST(bounds_at_n_and_n_plus_1) {
    static const struct {
        const char *line;
        bool fits;
    } rows[] = {
        {"listen_port = 1", true},        {"listen_port = 0", false},          {"listen_port = 65535", true},
        {"listen_port = 65536", false},   {"listen_port = 80x", false},        {"nginx_workers = 8", true},
        {"nginx_workers = 9", false},     {"zone = Europe/Berlin", true},      {"zone = Mars/Olympus", false},
        {"listen_address = ::1", true},   {"listen_address = nowhere", false}, {"operator_contact = a@b.cn", true},
        {"operator_contact = ab", false}, {"listen_port", false},              {"nonsense = 1", false},
        {"# nonsense = 1", true},         {"  listen_port=81  # why", true},   {"", true},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a;
        struct config c;
        arena_init(&a, 1 << 20);
        struct err e = load(&a, rows[i].line, &c);
        if ((e.kind == ERR_NONE) != rows[i].fits)
            fail_msg("\"%s\" should %s", rows[i].line, rows[i].fits ? "be taken" : "be refused");
        want(rows[i].fits || (e.kind == ERR_CONFIG && strstr(e.say, "alapi.conf:1")));
        arena_done(&a);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {RUN(a_missing_file_means_the_defaults),
                                       RUN(the_sample_is_the_defaults_commented_out), RUN(bounds_at_n_and_n_plus_1)};
    if (!mkdtemp(folder))
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(folder);
    return failed;
}
