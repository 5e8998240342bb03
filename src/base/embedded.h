/* embedded.h: text files that are built into the program (templates, the policy); see tools/embed.mjs.
 * A table ends with an empty entry. */
#pragma once
#include "base/text.h"

struct embedded {
    const char *name; /* "home.html" */
    struct text content;
};
