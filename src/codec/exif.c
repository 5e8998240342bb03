/* exif.c: see exif.h. */
#include "codec/exif.h"
#include "base/must.h"

#include <libexif/exif-data.h>

static const struct {
    ExifIfd ifd;
    ExifTag tag;
    const char *name;
} wanted[] = {
    {EXIF_IFD_0, EXIF_TAG_MAKE, "make"},
    {EXIF_IFD_0, EXIF_TAG_MODEL, "model"},
    {EXIF_IFD_0, EXIF_TAG_SOFTWARE, "software"},
    {EXIF_IFD_0, EXIF_TAG_ARTIST, "artist"},
    {EXIF_IFD_0, EXIF_TAG_COPYRIGHT, "copyright"},
    {EXIF_IFD_0, EXIF_TAG_DATE_TIME, "changed_at"},
    {EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL, "taken_at"},
    {EXIF_IFD_EXIF, EXIF_TAG_EXPOSURE_TIME, "exposure_time"},
    {EXIF_IFD_EXIF, EXIF_TAG_FNUMBER, "f_number"},
    {EXIF_IFD_EXIF, EXIF_TAG_ISO_SPEED_RATINGS, "iso"},
    {EXIF_IFD_EXIF, EXIF_TAG_FOCAL_LENGTH, "focal_length"},
    {EXIF_IFD_EXIF, EXIF_TAG_FLASH, "flash"},
    {EXIF_IFD_EXIF, EXIF_TAG_WHITE_BALANCE, "white_balance"},
};
_Static_assert(COUNT(wanted) <= EXIF_FIELDS_MAX, "one place each");

static void add_field(struct arena *a, struct exif *x, ExifContent *content, size_t i) {
    char value[256] = "";
    ExifEntry *entry = exif_content_get_entry(content, wanted[i].tag);
    if (!entry || !exif_entry_get_value(entry, value, sizeof value))
        return;
    struct text found = text_trim(text_c(value));
    if (!found.length || !text_is_utf8(found) || text_has_control(found))
        return;
    x->fields[x->count].name = wanted[i].name;
    x->fields[x->count++].value = text_copy_in(a, found);
}

/* Degrees, minutes and seconds, each a fraction; negative behind S or W. */
static bool angle(ExifData *data, ExifTag tag, ExifTag side, double most, double *out) {
    ExifEntry *entry = exif_content_get_entry(data->ifd[EXIF_IFD_GPS], tag);
    ExifEntry *letter = exif_content_get_entry(data->ifd[EXIF_IFD_GPS], side);
    double value = 0, unit = 1;
    if (!entry || !letter || entry->format != EXIF_FORMAT_RATIONAL || entry->components != 3 ||
        entry->size < 24 || letter->format != EXIF_FORMAT_ASCII || letter->size < 1)
        return false;
    for (unsigned i = 0; i < 3; i++, unit *= 60) {
        ExifRational r = exif_get_rational(entry->data + 8 * i, exif_data_get_byte_order(data));
        if (r.denominator == 0)
            return false;
        value += (double)r.numerator / r.denominator / unit;
    }
    *out = letter->data[0] == 'S' || letter->data[0] == 'W' ? -value : value;
    return value <= most;
}

struct exif exif_in(struct arena *a, struct text jpeg) {
    struct exif x = {.count = 0};
    ExifData *data =
        jpeg.length && jpeg.length <= UINT32_MAX && text_starts(jpeg, TEXT("\xFF\xD8"))
            ? exif_data_new_from_data((const unsigned char *)jpeg.bytes, (unsigned)jpeg.length)
            : NULL;
    if (!data)
        return x;
    for (size_t i = 0; i < COUNT(wanted); i++)
        add_field(a, &x, data->ifd[wanted[i].ifd], i);
    x.has_place = angle(data, (ExifTag)EXIF_TAG_GPS_LATITUDE, (ExifTag)EXIF_TAG_GPS_LATITUDE_REF,
                        90, &x.latitude) &&
                  angle(data, (ExifTag)EXIF_TAG_GPS_LONGITUDE, (ExifTag)EXIF_TAG_GPS_LONGITUDE_REF,
                        180, &x.longitude);
    exif_data_unref(data);
    return x;
}
