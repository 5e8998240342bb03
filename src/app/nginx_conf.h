/* nginx_conf.h: nginx's configuration, made from the settings and conf/nginx.conf.template.
 *
 * Contract   the file is written whole, into the home, which is the working directory.
 */
#pragma once
#include "app/config.h"

#define NGINX_PROGRAM "/usr/sbin/nginx"
#define NGINX_CONF    "state/nginx.conf"

/* What nginx is to load, looked up by whoever may walk there: maybe root only. */
struct nginx_files {
    const char *module, *data;
};
struct nginx_files nginx_files_find(struct arena *a);

/* `user`: whom nginx's workers become; NULL where we are not root. */
[[nodiscard]] struct err nginx_conf_write(struct arena *a, const struct config *config,
                                          const struct nginx_files *files, const char *user);

/* Where our module lies. */
const char *nginx_module_path(struct arena *a);
