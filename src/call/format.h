/* format.h: one answer in the form that was asked for.
 *
 * Contract   an API that offers forms has ASK_FORMAT(…) among its `asks` with some of "json", "text",
 *            "csv", "markdown", writes its data as ever and returns `reply_as(c, ask, field)`: the data
 *            becomes text/plain (one line a row: the member `field` of each object, or the scalar
 *            itself), CSV (RFC 4180, a row an object, names first; a formula is made harmless) or a
 *            Markdown table. Forms that only the API can make (image, svg, rss) are its own, by
 *            reply_body.
 * Errors     never: data that has no rows gives an empty text.
 */
#pragma once
#include "call/ask.h"

#define ASK_FORMAT(forms) \
    {"format", ASK_CHOICE, OPTIONAL, {"回复形式", "Form of the answer"}, .choices = forms, .fallback = "json"}
#define FORMS_TEXT "json|text=txt=plain"
#define FORMS_ROWS "json|csv|markdown=md"
#define FORMS_ALL  "json|text=txt=plain|csv|markdown=md"

[[nodiscard]] struct err reply_as(struct call *c, unsigned ask_format, const char *field);
