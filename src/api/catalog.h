/* catalog.h: the list of every API; NULL behind the last. */
#pragma once
#include "call/endpoint.h"

extern const struct endpoint *const api_catalog[];

/* By path, "/api/ip" or "ip"; NULL where there is none. A walk over the list: for tools. */
const struct endpoint *api_by_path(const char *path);
