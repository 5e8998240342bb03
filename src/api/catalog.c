/* catalog.c: see catalog.def. */
#include "api/catalog.h"

#include <string.h>

#define ENDPOINT(name) extern const struct endpoint endpoint_##name;
#include "api/catalog.def"
#undef ENDPOINT

const struct endpoint *const api_catalog[] = {
#define ENDPOINT(name) &endpoint_##name,
#include "api/catalog.def"
#undef ENDPOINT
    NULL};

const struct endpoint *api_by_path(const char *path) {
    static const char prefix[] = "/api/";
    size_t skip = strncmp(path, prefix, sizeof prefix - 1) == 0 ? sizeof prefix - 1 : 0;
    for (size_t i = 0; api_catalog[i]; i++)
        if (strcmp(api_catalog[i]->path + sizeof prefix - 1, path + skip) == 0 ||
            strcmp(api_catalog[i]->path, path) == 0)
            return api_catalog[i];
    return NULL;
}
