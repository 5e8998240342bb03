/* connectors.h: the providers that the operator switched on, in the order in which they are asked.
 *
 *     connectors = weather: open-meteo, qweather; parcel: kuaidi100
 *
 * Contract   a name PROVIDER in GROUP stands for the file PROVIDER-GROUP.conf: the operator's in
 *            HOME/connectors/ goes before the one that comes with the program. The key of a provider is
 *            the one line of
 *            HOME/state/keys/connectors/PROVIDER.key (mode 0400). A file or a key that is at fault is
 *            told of and left out by connectors_open; connectors_load gives the fault as ERR_CONFIG.
 * Ownership  connectors_free. It is opened before the processes are made, which share what is kept
 *            (keep.h).
 * Threads    any, once opened.
 */
#pragma once
#include "connect/connector.h"
#include "connect/keep.h"

enum { CONNECTORS_MAX = 128 };

/* What an operator should know: a key that is refused, a provider that is left alone. Never of a caller. */
struct connector_news {
    const char *event, *connector, *why; /* event: provider_refused provider_failed provider_paused
                                           * provider_stale connector_faulty */
    int64_t status;                      /* HTTP; 0: none */
};
typedef void connector_tell(const struct connector_news *news);

struct connectors_settings {
    const char *list, *home; /* home NULL: only what comes with the program, without keys */
    const struct endpoint *const *catalog;
    connector_tell *tell; /* may be NULL */
};

struct connectors {
    struct arena arena;
    struct connectors_settings settings;
    struct connector *all[CONNECTORS_MAX];
    unsigned count;
    struct keep *keep;
};

struct connectors *connectors_open(const struct connectors_settings *settings);
void connectors_free(struct connectors *all);

/* Reads and checks one by its name ("open-meteo-weather"), with its key. */
[[nodiscard]] struct err connectors_load(struct arena *a, const struct connectors_settings *settings,
                                         const char *name, struct connector **out);
/* The same without its key. */
[[nodiscard]] struct err connectors_read(struct arena *a, const struct connectors_settings *settings,
                                         const char *name, struct connector **out);
/* The same of a file anywhere; its name is the file's. */
[[nodiscard]] struct err connectors_load_file(struct arena *a, const struct connectors_settings *settings,
                                              const char *path, struct connector **out);

/* Names in the list of the settings: calls `take` for each; false where the list is not well formed. */
bool connectors_each(struct arena *a, const char *list,
                     void (*take)(void *with, const char *group, const char *name), void *with);
/* Every name there is, of the home and of the program, sorted, once. NULL behind the last. */
const char *const *connectors_names_in(struct arena *a, const char *home);
bool connectors_text_in(struct arena *a, const char *home, const char *name, struct text *out);
