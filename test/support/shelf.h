/* shelf.h: the reference data and the fixed moment of the tests that run APIs. */
#pragma once
#include "data/data.h"

#include <stdlib.h>

enum { FIXED_NOW_S = 1717214400 }; /* 2024-06-01 12:00:00 in Shanghai */

static inline struct data *shelf(void) {
    static struct data *data;
    const char *folder = getenv("ALAPI_DATA");
    if (!data)
        data = data_open(folder ? folder : "build/data");
    return data;
}
