/* html_text.h: the words of an HTML text, for reading: of a mail that has no plain part.
 *
 * Contract   tags, comments, scripts and styles are left out; what begins a block begins a line; the five
 *            named characters of XML, &nbsp; and numbered ones are read. What comes out is text and never
 *            HTML again: it is escaped like any other text where it is shown. Never longer than what came in.
 */
#pragma once
#include "base/text.h"

struct text html_text_in(struct arena *a, struct text html);
