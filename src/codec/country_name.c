/* country_name.c: see country_name.h. */
#include "codec/country_name.h"

#include <unicode/uloc.h>
#include <unicode/uregion.h>
#include <unicode/ustring.h>

enum { NAME_UNITS = 128 };

static struct text display(struct arena *a, const char *region, bool chinese) {
    char locale[16] = "und_";
    UChar name[NAME_UNITS];
    char utf8[3 * NAME_UNITS];
    int32_t length = 0;
    UErrorCode status = U_ZERO_ERROR;
    strncat(locale, region, sizeof locale - 5);
    int32_t units = uloc_getDisplayCountry(locale, chinese ? "zh" : "en", name, NAME_UNITS, &status);
    u_strToUTF8(utf8, sizeof utf8, &length, name, units, &status);
    return U_FAILURE(status) ? TEXT("") : text_copy_in(a, text_of(utf8, (size_t)length));
}

static const URegion *region_of(struct text code) {
    char room[3] = {0};
    UErrorCode status = U_ZERO_ERROR;
    if (code.length != 2)
        return NULL;
    memcpy(room, code.bytes, 2);
    const URegion *region = uregion_getRegionFromCode(room, &status);
    return U_SUCCESS(status) && uregion_getType(region) == URGN_TERRITORY ? region : NULL;
}

struct text country_name_in(struct arena *a, struct text code, bool chinese) {
    const URegion *region = region_of(code);
    return region ? display(a, uregion_getRegionCode(region), chinese) : TEXT("");
}

struct text country_continent_in(struct arena *a, struct text code, bool chinese) {
    const URegion *region = region_of(code);
    const URegion *continent = region ? uregion_getContainingRegionOfType(region, URGN_CONTINENT) : NULL;
    return continent ? display(a, uregion_getRegionCode(continent), chinese) : TEXT("");
}
