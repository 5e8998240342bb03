/* markdown.c: see markdown.h. */
#include "codec/markdown.h"
#include "base/must.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t cmark_is_busy = PTHREAD_MUTEX_INITIALIZER;

static cmark_parser *parser_new(void) {
    static const char *const names[] = {"table", "strikethrough", "autolink", "tasklist",
                                        "tagfilter"};
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_VALIDATE_UTF8);
    for (size_t i = 0; i < COUNT(names); i++) {
        cmark_syntax_extension *extension = cmark_find_syntax_extension(names[i]);
        must(extension != NULL);
        cmark_parser_attach_syntax_extension(parser, extension);
    }
    return parser;
}

static char *print(cmark_node *document, cmark_parser *parser, enum markdown_form form) {
    if (form == MARKDOWN_TEXT)
        return cmark_render_plaintext(document, CMARK_OPT_DEFAULT, 0);
    if (form == MARKDOWN_XML)
        return cmark_render_xml(document, CMARK_OPT_DEFAULT);
    return cmark_render_html(document, CMARK_OPT_DEFAULT,
                             cmark_parser_get_syntax_extensions(parser));
}

static bool is_too_deep(cmark_node *document) {
    cmark_iter *walk = cmark_iter_new(document);
    int depth = 0;
    for (cmark_event_type event;
         depth <= MARKDOWN_DEPTH_MAX && (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;)
        if (cmark_node_first_child(cmark_iter_get_node(walk)))
            depth += event == CMARK_EVENT_ENTER ? 1 : -1;
    cmark_iter_free(walk);
    return depth > MARKDOWN_DEPTH_MAX;
}

bool markdown_print_in(struct arena *a, struct text markdown, enum markdown_form form,
                       struct text *out) {
    pthread_mutex_lock(&cmark_is_busy);
    cmark_parser *parser = parser_new();
    cmark_parser_feed(parser, markdown.length ? markdown.bytes : "", markdown.length);
    cmark_node *document = cmark_parser_finish(parser);
    char *printed = is_too_deep(document) ? NULL : print(document, parser, form);
    pthread_mutex_unlock(&cmark_is_busy);
    if (printed)
        *out = text_copy_in(a, text_c(printed));
    free(printed);
    cmark_node_free(document);
    cmark_parser_free(parser);
    return printed != NULL;
}
