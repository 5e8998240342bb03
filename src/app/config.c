/* config.c: see config.h. */
#include "app/config.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/must.h"
#include "codec/ip.h"
#include "gate/zone.h"

#include <stddef.h>
#include <unistd.h>

enum { FILE_MAX = 64 << 10 };

enum setting_kind { NUMBER, WORDS };

struct setting {
    const char *name;
    enum setting_kind kind;
    size_t place; /* in struct config */
    uint64_t low, high; /* of the number, or of the length */
    const char *missing;
    const char *says;
    bool (*fits)(struct arena *a, struct text value); /* NULL: anything of that length */
};

#define AT(field) offsetof(struct config, field)

static bool is_address(struct arena *a, struct text value) {
    struct ip ip;
    (void)a;
    return ip_parse(value, &ip);
}

static bool is_zone(struct arena *a, struct text value) {
    struct zone *zone;
    if (zone_open(a, text_c_in(a, value), &zone).kind)
        return false;
    zone_close(zone);
    return true;
}

static bool is_mail(struct arena *a, struct text value) {
    size_t at = text_find_char(value, '@');
    (void)a;
    return at != SIZE_MAX && at > 0 && text_find_char(text_from(value, at), '.') != SIZE_MAX;
}

static const struct setting settings[] = {
    {"listen_address", WORDS, AT(listen_address), 2, 64, "127.0.0.1", "IP address that nginx listens on", is_address},
    {"listen_port", NUMBER, AT(listen_port), 1, 65535, "8080", "TCP port that nginx listens on"},
    {"zone", WORDS, AT(zone), 1, 63, "Asia/Shanghai", "time zone whose days and months the quotas follow, such as Asia/Shanghai", is_zone},
    {"nginx_workers", NUMBER, AT(nginx_workers), 1, 8, "2", "nginx worker processes"},
    {"worker_processes", NUMBER, AT(worker_processes), 1, 16, "2", "sandboxed processes for slow or hostile work"},
    {"password_slots", NUMBER, AT(password_slots), 1, 64, "2", "passwords hashed at one time, 64 MiB each"},
    {"user", WORDS, AT(user), 1, 32, "www-data", "user to run as, where started by root"},
    {"backup_dir", WORDS, AT(backup_dir), 0, 255, "", "folder for sealed backups, best on another disk; empty: none is made"},
    {"backup_hours", NUMBER, AT(backup_hours), 1, 168, "24", "hours between two backups"},
    {"backup_keep", NUMBER, AT(backup_keep), 1, 1000, "14", "backups that are kept"},
    {"operator_name", WORDS, AT(operator_name), 1, 120, "alapi (未配置运营者名称)", "who runs this service, as the policy names it"},
    {"operator_code", WORDS, AT(operator_code), 0, 32, "", "its registration number (unified social credit code)"},
    {"operator_address", WORDS, AT(operator_address), 0, 200, "", "where it has its seat"},
    {"operator_court", WORDS, AT(operator_court), 0, 120, "", "the court at that seat, named where a person may go on"},
    {"operator_contact", WORDS, AT(operator_contact), 3, 254, "privacy@localhost.localdomain", "e-mail address for privacy questions", is_mail},
};

static void set(struct config *config, const struct setting *s, const char *words, uint64_t number) {
    char *at = (char *)config + s->place;
    if (s->kind == NUMBER)
        *(uint64_t *)(void *)at = number;
    else
        *(const char **)(void *)at = words;
}

static bool take(struct arena *a, struct config *config, const struct setting *s, struct text value) {
    uint64_t number = 0;
    if (s->kind == NUMBER) {
        if (!text_to_u64(value, &number) || number < s->low || number > s->high)
            return false;
    } else if (value.length < s->low || value.length > s->high || text_has_control(value) ||
               !text_is_utf8(value) || (s->fits && !s->fits(a, value))) {
        return false;
    }
    set(config, s, text_c_in(a, value), number);
    return true;
}

static const struct setting *setting_find(struct text name) {
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        if (text_equal_c(name, settings[i].name))
            return &settings[i];
    return NULL;
}

static const char *names_in(struct arena *a) {
    const char *all = "";
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        all = text_say_in(a, "%s%s%s", all, i ? ", " : "", settings[i].name);
    return all;
}

static struct err line_read(struct arena *a, const char *path, unsigned number, struct text line,
                            struct config *out) {
    line = text_trim(text_part(line, 0, text_find_char(line, '#')));
    size_t equals = text_find_char(line, '=');
    if (line.length == 0)
        return ok;
    if (equals == SIZE_MAX)
        return err_make(ERR_CONFIG, text_say_in(a, "%s:%u: a line has the form: name = value", path, number));
    struct text name = text_trim(text_part(line, 0, equals)), value = text_trim(text_from(line, equals + 1));
    const struct setting *s = setting_find(name);
    if (!s)
        return err_make(ERR_CONFIG, text_say_in(a, "%s:%u: there is no setting %.*s; there are: %s", path, number,
                                                TEXT_ARG(name), names_in(a)));
    if (take(a, out, s, value))
        return ok;
    return err_make(ERR_CONFIG, text_say_in(a, "%s:%u: %s must be %s from %llu to %llu%s (%s)", path, number, s->name,
                                            s->kind == NUMBER ? "a whole number" : "text of", (unsigned long long)s->low,
                                            (unsigned long long)s->high, s->kind == NUMBER ? "" : " bytes", s->says));
}

struct err config_load(struct arena *a, const char *path, struct config *out) {
    struct text file = TEXT(""), line;
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        must(take(a, out, &settings[i], text_c(settings[i].missing)));
    if (access(path, F_OK) != 0)
        return ok;
    try(file_read_in(a, path, FILE_MAX, &file));
    for (unsigned number = 1; text_cut(&file, '\n', &line); number++)
        try(line_read(a, path, number, line, out));
    return ok;
}

struct text config_sample_in(struct arena *a) {
    struct buf b;
    buf_init(&b, a, FILE_MAX);
    buf_c(&b, "# alapi.conf: name = value; what stands here commented out is in force anyway.\n");
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        buf_format(&b, "\n# %s\n# %s = %s\n", settings[i].says, settings[i].name, settings[i].missing);
    return buf_peek(&b);
}
