/* nginx_conf.h: nginx's configuration, made from the settings and conf/nginx.conf.template.
 *
 * Contract   the file is written whole, into the home, which is the working directory.
 */
#pragma once
#include "app/config.h"

#define NGINX_PROGRAM "/usr/sbin/nginx"
#define NGINX_CONF    "state/nginx.conf"

/* `user`: whom nginx's workers become; NULL where we are not root. */
[[nodiscard]] struct err nginx_conf_write(struct arena *a, const struct config *config, const char *user);

/* Where our module lies. */
const char *nginx_module_path(struct arena *a);
