/* whois_reply.h: what a WHOIS server's free text says of a domain.
 *
 * Contract   the answers have no format (RFC 3912); known are the labels that registries use, in the
 *            shape "label: value", in
 *            blocks ("Name servers:" and the lines below) and in brackets ("[Name Server] x"). What is
 *            not told is empty.
 *            Dates are given as the registry writes them. Bytes that are no UTF-8 are the printer's to
 *            mend. Of privacy
 *            notices ("REDACTED FOR PRIVACY") nothing is taken.
 * Memory     in the arena; values point into the text.
 * Threads    any.
 */
#pragma once
#include "base/text.h"

enum { WHOIS_LIST_MAX = 20 };

enum whois_state { WHOIS_UNCLEAR, WHOIS_FREE, WHOIS_TAKEN };

struct whois_list {
    struct text items[WHOIS_LIST_MAX];
    size_t count;
};

struct whois_reply {
    enum whois_state state;
    struct text created, expires, registrar, phone, email;
    struct whois_list name_servers, statuses;
};

void whois_read(struct text t, struct whois_reply *out);
/* what is empty in `r` is taken of `more` */
void whois_fill(struct whois_reply *r, const struct whois_reply *more);

/* "refer: whois.verisign-grs.com" of IANA; the registry's "Registrar WHOIS Server:". False: none, or no
 * host name. */
bool whois_server_in(struct arena *a, struct text t, struct text *out);
bool whois_registrar_server_in(struct arena *a, struct text t, struct text *out);
