/* image.c: libvips, with everything off that a stranger's picture does not need. */
#include "codec/image.h"
#include "base/limits.h"

#include <pthread.h>
#include <vips/vips.h>
#include <vips/vector.h>

const char image_say_unknown[] = "not a readable JPEG, PNG, WebP or GIF picture";
const char image_say_too_large[] = "the picture has more than 25 million pixels";
const char image_say_mixed[] = "the picture's file holds another format besides";
const char image_say_heavy[] = "the picture that was made is longer than 5 MiB";

/* Readers of ZIP look at the end, those of PDF at the first KiB; browsers that guess look for tags. */
bool image_is_plain(struct text t) {
    static const struct {
        const char *sign;
        size_t from_end, from_start; /* where it is looked for; 0: nowhere there */
    } signs[] = {{"PK\5\6", 65557, 0}, {"%PDF-", 0, 1024}, {"<?php", 0, SIZE_MAX}, {"<script", 0, SIZE_MAX},
                 {"<SCRIPT", 0, SIZE_MAX}, {"<html", 0, SIZE_MAX}, {"<!DOCTYPE", 0, SIZE_MAX}, {"<svg", 0, SIZE_MAX}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        struct text looked =
            signs[i].from_end
                ? text_from(t, t.length > signs[i].from_end ? t.length - signs[i].from_end : 0)
                : text_part(t, 0, signs[i].from_start);
        if (text_find(looked, text_c(signs[i].sign)) != SIZE_MAX)
            return false;
    }
    return true;
}

/* What libvips warns of is in a stranger's picture: nothing for our log. */
static void say_nothing(const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer context) {
    (void)domain, (void)level, (void)message, (void)context;
}

static void begin_once(void) {
    static const char *const loaders[] = {"VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer",
                                          "VipsForeignLoadWebpBuffer", "VipsForeignLoadNsgifBuffer"};
    if (vips_init("alapi") != 0)
        return;
    g_log_set_handler("VIPS", G_LOG_LEVEL_MASK, say_nothing, NULL);
    vips_block_untrusted_set(TRUE);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    for (size_t i = 0; i < sizeof loaders / sizeof *loaders; i++)
        vips_operation_block_set(loaders[i], FALSE);
    vips_concurrency_set(1);        /* calls run side by side already */
    vips_cache_set_max(0);          /* an operation kept for later would point into a call's memory */
    vips_vector_set_enabled(FALSE); /* liborc writes code into memory, which the sandbox forbids */
}

struct err image_begin(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, begin_once);
    return vips_get_prgname() ? ok : err_make(ERR_IO, "libvips cannot be started");
}

/* The chain of operations; each result owns its input. Takes `in` away. */
static VipsImage *to_grey(VipsImage *in) {
    VipsImage *flat = NULL, *grey = NULL, *bytes = NULL, *band = NULL;
    VipsArrayDouble *white = vips_array_double_newv(1, in->BandFmt == VIPS_FORMAT_USHORT ? 65535.0 : 255.0);
    int fault = vips_image_hasalpha(in) ? vips_flatten(in, &flat, "background", white, NULL)
                                        : vips_copy(in, &flat, NULL);
    vips_area_unref(VIPS_AREA(white));
    g_object_unref(in);
    if (!fault) {
        fault = vips_colourspace(flat, &grey, VIPS_INTERPRETATION_B_W, NULL);
        g_object_unref(flat);
    }
    if (!fault && grey) {
        fault = vips_extract_band(grey, &band, 0, NULL);
        g_object_unref(grey);
    }
    if (!fault && band) {
        fault = vips_cast_uchar(band, &bytes, NULL);
        g_object_unref(band);
    }
    return fault ? NULL : bytes;
}

static struct err open_checked(struct text bytes, VipsImage **out) {
    if (!image_is_plain(bytes))
        return err_make(ERR_PARAMETER_INVALID, image_say_mixed);
    VipsImage *in = vips_image_new_from_buffer(bytes.bytes, bytes.length, "", "access", VIPS_ACCESS_SEQUENTIAL, NULL);
    if (!in)
        return err_make(ERR_PARAMETER_INVALID, image_say_unknown);
    if ((uint64_t)vips_image_get_width(in) * (uint64_t)vips_image_get_height(in) > LIMIT_IMAGE_PIXELS) {
        g_object_unref(in);
        return err_make(ERR_PARAMETER_INVALID, image_say_too_large);
    }
    *out = in;
    return ok;
}

static struct err read_grey(struct text bytes, struct image *out) {
    VipsImage *in;
    size_t size = 0;
    try(open_checked(bytes, &in));
    VipsImage *grey = to_grey(in);
    if (!grey)
        return err_make(ERR_PARAMETER_INVALID, image_say_unknown);
    struct image image = {NULL, (unsigned)vips_image_get_width(grey), (unsigned)vips_image_get_height(grey)};
    image.pixels = vips_image_write_to_memory(grey, &size);
    g_object_unref(grey);
    if (image.pixels && size == (size_t)image.width * image.height) {
        *out = image;
        return ok;
    }
    image_done(&image);
    return err_make(ERR_PARAMETER_INVALID, image_say_unknown);
}

struct err image_read_grey(struct text bytes, struct image *out) {
    try(image_begin());
    struct err e = read_grey(bytes, out);
    vips_error_clear();  /* libvips keeps its messages, and they grow */
    vips_thread_shutdown(); /* and a profile for each thread */
    return e;
}

void image_done(struct image *image) {
    g_free(image->pixels);
    image->pixels = NULL;
}
