/* nginx_conf.h: nginx's configuration, made from the settings and conf/nginx.conf.template.
 *
 * Contract   the file is written whole, into the home, which is the working directory.
 */
#pragma once
#include "app/config.h"

#define NGINX_PROGRAM "/usr/sbin/nginx"
#define NGINX_CONF    "state/nginx.conf"
#define NGINX_CONF_NEW "state/nginx.conf.new" /* of a reload, until nginx has looked at it */

/* What nginx is to load, looked up by whoever may walk there: maybe root only. */
struct nginx_files {
    const char *module, *data;
};
struct nginx_files nginx_files_find(struct arena *a);

/* `path`: of the file; `user`: whom nginx's workers become; NULL where we are not root. */
[[nodiscard]] struct err nginx_conf_write(struct arena *a, const char *path, const struct config *config,
                                          const struct nginx_files *files, const char *user);

/* Whether nginx would take the file: ERR_CONFIG with nginx's own sentence, which names file and line. In the
 * home; as whoever starts nginx, since it reads the key of the certificate. */
[[nodiscard]] struct err nginx_conf_test(struct arena *a, const char *home, const char *path);

bool config_has_tls(const struct config *config);

/* Where our module lies. */
const char *nginx_module_path(struct arena *a);
