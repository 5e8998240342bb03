/* pdf.h: whether bytes are a PDF and nothing else besides.
 *
 * Contract   pdf_is_plain wants the header at the first byte, the end mark at the end (ISO 32000-1, 7.5.2 and
 *            7.5.5), and none of the signs of another format in the same file: the records of a ZIP archive,
 *            a page of HTML before the first object, a program's header. It reads nothing of the contents.
 */
#pragma once
#include "base/text.h"

bool pdf_is_plain(struct text t);
