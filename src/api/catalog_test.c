/* catalog_test.c: the law of the catalogue, and every example of every API. */
#include "shelf.h"
#include "test.h"

#include "api/catalog.h"
#include "call/ask.h"
#include "call/envelope.h"
#include "codec/json_in.h"
#include "data/data.h"
#include "gate/perform.h"

#include <stdio.h>
#include <stdlib.h>

/* Same names, same types, all the way down; lists by their first items. */
static bool same_shape(const json_t *a, const json_t *b) {
    if (json_is_number(a) && json_is_number(b))
        return true;
    if (json_is_boolean(a) && json_is_boolean(b))
        return true;
    if (json_typeof(a) != json_typeof(b))
        return json_is_null(a) || json_is_null(b);
    if (json_is_array(a))
        return json_array_size(a) == 0 || json_array_size(b) == 0 ||
               same_shape(json_array_get(a, 0), json_array_get(b, 0));
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)a, name, value) {
        json_t *twin = json_object_get(b, name);
        if (!twin || !same_shape(value, twin))
            return false;
    }
    return !json_is_object(a) || json_object_size(a) == json_object_size(b);
}

static void run_show(const struct endpoint *e, const struct show *s) {
    static struct call call;
    struct arena a;
    struct random chance = random_seeded(1);
    arena_init(&a, LIMIT_ARENA_BYTES);
    call_init(&call, &a, FIXED_NOW_S * 1000LL, &chance);
    call.endpoint = e;
    call.catalog = api_catalog;
    call.data = shelf();
    struct err wrong = params_from_form(&call, text_c(s->asks));
    if (!wrong.kind)
        wrong = perform(&call);
    if (wrong.kind)
        fail_msg("%s?%s: %s: %s", e->path, s->asks, err_name(wrong.kind), wrong.say);
    json_t *got, *wanted;
    struct text data = call.content_type ? TEXT("null") : envelope_data(&call);
    want_ok(json_parse(&a, data, &got));
    want_ok(json_parse(&a, text_c(s->data), &wanted));
    bool same = s->check == SHOW_EXACT ? json_equal(got, wanted) : same_shape(got, wanted);
    if (!same)
        fail_msg("%s?%s gave\n%.*s\nnot\n%s", e->path, s->asks, TEXT_ARG(data), s->data);
    json_decref(got);
    json_decref(wanted);
    arena_done(&a);
}

TEST(every_example_answers_as_written) {
    for (size_t i = 0; api_catalog[i]; i++)
        for (const struct show *s = api_catalog[i]->shows; s && s->asks; s++)
            if (s->check != SHOW_LIVE)
                run_show(api_catalog[i], s);
}

TEST(every_descriptor_is_whole) {
    for (size_t i = 0; api_catalog[i]; i++) {
        const struct endpoint *e = api_catalog[i];
        bool is_whole = e->path && e->subject && e->title.zh && e->title.en && e->says.zh &&
                        e->says.en && e->run && (e->needs[0] || e->stands_on) &&
                        (e->is_bare || (e->shows && e->shows->asks && e->gives));
        if (!is_whole)
            fail_msg("the descriptor of %s lacks a title, text, function, source, field or example", e->path);
        for (const struct ask *ask = e->asks; ask && ask->name; ask++)
            if (!ask->says.zh || !ask->says.en || (ask->type == ASK_CHOICE) != (ask->choices != NULL))
                fail_msg("parameter %s of %s lacks its text or its choices", ask->name, e->path);
    }
}

TEST(paths_are_sorted_and_unique) {
    for (size_t i = 1; api_catalog[i]; i++)
        if (strcmp(api_catalog[i - 1]->path, api_catalog[i]->path) >= 0)
            fail_msg("catalog.def: %s must not come after %s", api_catalog[i]->path, api_catalog[i - 1]->path);
}

/* The fields of an answer and the descriptor's `gives` are the same set, at the top level. */
TEST(every_field_is_described) {
    for (size_t i = 0; api_catalog[i]; i++) {
        const struct endpoint *e = api_catalog[i];
        struct arena a;
        json_t *data;
        if (!e->shows || !e->shows->asks || e->is_bare)
            continue;
        arena_init(&a, LIMIT_ARENA_BYTES);
        want_ok(json_parse(&a, text_c(e->shows->data), &data));
        const json_t *object = json_is_array(data) ? json_array_get(data, 0) : data;
        const char *name;
        json_t *value;
        json_object_foreach((json_t *)object, name, value) {
            const char *in_list = text_say_in(&a, "%s%s", json_is_array(data) ? "[]." : "", name);
            bool found = false;
            for (const struct give *g = e->gives; g->name; g++)
                found |= strcmp(g->name, in_list) == 0 || strcmp(g->name, "*") == 0;
            if (!found)
                fail_msg("%s answers %s, which its descriptor does not name", e->path, in_list);
        }
        json_decref(data);
        arena_done(&a);
    }
}

TESTS(RUN(every_example_answers_as_written), RUN(every_descriptor_is_whole), RUN(paths_are_sorted_and_unique),
      RUN(every_field_is_described))
