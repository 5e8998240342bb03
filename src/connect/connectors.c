/* connectors.c: see connectors.h. */
#include "connect/connectors.h"
#include "base/embedded.h"
#include "base/file.h"
#include "base/must.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

extern const struct embedded connector_texts[]; /* conf/connectors/, by tools/embed.mjs */

enum { ARENA_BYTES = 64 << 20, KEY_BYTES_MAX = 4096, NAMES_MAX = 1024 };

/* Letters, digits and hyphens: a name is part of a path. */
static bool is_name(const char *name) {
    return name[0] && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_") == strlen(name) &&
           strlen(name) < 80;
}

static const struct embedded *embedded_text(const char *name) {
    for (const struct embedded *e = connector_texts; e->name; e++)
        if (strncmp(e->name, name, strlen(name)) == 0 && strcmp(e->name + strlen(name), ".conf") == 0)
            return e;
    return NULL;
}

bool connectors_text_in(struct arena *a, const char *home, const char *name, struct text *out) {
    const struct embedded *own = is_name(name) ? embedded_text(name) : NULL;
    if (!is_name(name))
        return false;
    if (home) {
        const char *path = text_say_in(a, "%s/connectors/%s.conf", home, name);
        if (access(path, F_OK) == 0)
            return file_read_in(a, path, CONNECTOR_FILE_BYTES_MAX, out).kind == ERR_NONE;
    }
    if (own)
        *out = own->content;
    return own != NULL;
}

/* `like` names what comes with the program: a file of the home may be like the one that it stands
 * before. */
static bool find_embedded(void *with, const char *name, struct text *out) {
    const struct embedded *own = embedded_text(name);
    (void)with;
    if (own)
        *out = own->content;
    return own != NULL;
}

/* ---- keys ---- */

static struct err read_key(struct arena *a, const char *home, struct connector *c) {
    struct text need = connector_value(c, NULL, WORD_KEY), content;
    struct stat about;
    if (text_equal_c(need, "none") || !home)
        return ok;
    const char *path = text_say_in(a, "%s/state/keys/connectors/%.*s.key", home, TEXT_ARG(c->provider));
    if (stat(path, &about) != 0 && errno == ENOENT)
        return text_equal_c(need, "optional")
                   ? ok
                   : err_make(ERR_CONFIG,
                              text_say_in(
                                  a,
                                  "%s: there is no key; write the provider's key into it, one line, mode "
                                  "0400",
                                  path));
    try(file_read_in(a, path, KEY_BYTES_MAX, &content));
    if (stat(path, &about) != 0 || (about.st_mode & 0377) != 0)
        return err_make(ERR_CONFIG,
                        text_say_in(a, "%s: a key is for its owner's eyes alone: chmod 0400", path));
    c->key = text_trim(content);
    if (c->key.length == 0 || text_has_control(c->key) || text_find_char(c->key, '\n') != SIZE_MAX)
        return err_make(ERR_CONFIG,
                        text_say_in(a, "%s: a key is one line, its parts divided by one blank", path));
    return ok;
}

static struct err load_text(struct arena *a, const struct connectors_settings *settings,
                            const char *const names[2], struct text content, struct connector **out) {
    struct connector_reader reader = {.arena = a, .find = find_embedded};
    struct connector *c;
    try(connector_read(&reader, names[0], names[1], content, &c));
    try(connector_check(a, c, settings->catalog));
    *out = c;
    return ok;
}

struct err connectors_read(struct arena *a, const struct connectors_settings *settings, const char *name,
                           struct connector **out) {
    struct text content;
    const char *const names[2] = {text_c_in(a, text_c(name)), text_say_in(a, "%s.conf", name)};
    if (!connectors_text_in(a, settings->home, name, &content))
        return err_make(
            ERR_CONFIG,
            text_say_in(a,
                        "there is no connector %s: neither connectors/%s.conf in the home nor one "
                        "that comes with the program (alapi connector list shows those)",
                        name, name));
    return load_text(a, settings, names, content, out);
}

struct err connectors_load(struct arena *a, const struct connectors_settings *settings, const char *name,
                           struct connector **out) {
    try(connectors_read(a, settings, name, out));
    return read_key(a, settings->home, *out);
}

struct err connectors_load_file(struct arena *a, const struct connectors_settings *settings,
                                const char *path, struct connector **out) {
    struct text content;
    const char *slash = strrchr(path, '/');
    struct text name = text_c(slash ? slash + 1 : path);
    if (text_ends(name, TEXT(".conf")))
        name.length -= 5;
    try(file_read_in(a, path, CONNECTOR_FILE_BYTES_MAX, &content));
    const char *const names[2] = {text_c_in(a, name), path};
    return load_text(a, settings, names, content, out);
}

/* ---- the setting ---- */

static struct text next_group(struct text *rest, struct text *names) {
    struct text piece = TEXT("");
    text_cut(rest, ';', &piece);
    size_t colon = text_find_char(piece, ':');
    *names = colon == SIZE_MAX ? TEXT("") : text_trim(text_from(piece, colon + 1));
    return text_trim(text_part(piece, 0, colon));
}

bool connectors_each(struct arena *a, const char *list,
                     void (*take)(void *with, const char *group, const char *name), void *with) {
    struct text rest = text_trim(text_c(list)), names, one;
    while (rest.length) {
        struct text group = next_group(&rest, &names);
        if (group.length == 0 && names.length == 0)
            continue;
        if (group.length == 0 || names.length == 0)
            return false;
        while (text_cut(&names, ',', &one)) {
            const char *name = text_say_in(a, "%.*s-%.*s", TEXT_ARG(text_trim(one)), TEXT_ARG(group));
            if (text_trim(one).length == 0 || !is_name(name))
                return false;
            take(with, text_c_in(a, group), name);
        }
    }
    return true;
}

/* One that is faulty is left out and told of: the others are none the worse for it. */
static void open_one(void *with, const char *group, const char *name) {
    struct connectors *all = with;
    struct err e = err_make(ERR_CONFIG, "connectors names too many providers");
    (void)group;
    if (all->count < CONNECTORS_MAX)
        e = connectors_load(&all->arena, &all->settings, name, &all->all[all->count]);
    if (!e.kind) {
        all->all[all->count]->place = all->count;
        all->count++;
    } else if (all->settings.tell) {
        all->settings.tell(&(struct connector_news){"connector_faulty", name, e.say, 0});
    }
}

struct connectors *connectors_open(const struct connectors_settings *settings) {
    struct connectors *all = calloc(1, sizeof *all);
    must(all != NULL);
    arena_init(&all->arena, ARENA_BYTES);
    all->settings = *settings;
    all->settings.list = text_c_in(&all->arena, text_c(settings->list));
    all->keep = keep_new();
    (void)connectors_each(&all->arena, all->settings.list, open_one, all);
    return all;
}

void connectors_free(struct connectors *all) {
    if (!all)
        return;
    keep_free(all->keep);
    arena_done(&all->arena);
    free(all);
}

/* ---- what there is ---- */

static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static unsigned add_name(const char **list, unsigned count, const char *name) {
    for (unsigned i = 0; i < count; i++)
        if (strcmp(list[i], name) == 0)
            return count;
    if (count < NAMES_MAX)
        list[count++] = name;
    return count;
}

static const char *stem_in(struct arena *a, const char *file) {
    struct text name = text_c(file);
    return text_ends(name, TEXT(".conf")) ? text_c_in(a, text_part(name, 0, name.length - 5)) : NULL;
}

const char *const *connectors_names_in(struct arena *a, const char *home) {
    const char **list = arena_alloc(a, (NAMES_MAX + 1) * sizeof *list);
    unsigned count = 0;
    for (const struct embedded *e = connector_texts; e->name; e++)
        count = add_name(list, count, stem_in(a, e->name));
    DIR *folder = home ? opendir(text_say_in(a, "%s/connectors", home)) : NULL;
    for (const struct dirent *d; folder && (d = readdir(folder));) {
        const char *stem = stem_in(a, d->d_name);
        if (stem && is_name(stem))
            count = add_name(list, count, stem);
    }
    if (folder)
        closedir(folder);
    qsort(list, count, sizeof *list, by_name);
    return list;
}
