/* http_server.h: requests from a unix socket to site/, by libmicrohttpd.
 *
 * Contract   nginx stands before it and is trusted for X-Real-IP and X-Forwarded-Proto. Each thread of the
 *            pool has its own store and arena. Every answer has the security headers; those of
 *            /account are never stored anywhere.
 */
#pragma once
#include "app/home.h"
#include "site/site.h"

struct http_server;

struct http_place {
    const struct home *home;
    const struct site *site;
    int listener; /* a socket that listens already and outlives us; -1: we make it, and remove it */
};

[[nodiscard]] struct err http_server_start(struct arena *a, const struct http_place *place,
                                           struct http_server **out);
void http_server_stop(struct http_server *s); /* takes no more, answers what is under way, then ends */
