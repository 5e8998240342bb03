/* config.h: the settings of an installation: DIR/alapi.conf, lines `name = value`.
 *
 * Contract   the table in config.c is the manual and the sample file too. A line that is not understood, a
 *            name that is unknown or a value out of its range is ERR_CONFIG with file, line and what is
 *            allowed. A missing file means the defaults. Secrets are never settings.
 */
#pragma once
#include "base/err.h"
#include "base/text.h"

#include <stdio.h>

struct config {
    uint64_t listen_port, nginx_workers, worker_processes, password_slots, password_mebibytes,
        password_passes, policy_notice_days, backup_hours, backup_keep;
    const char *backup_dir; /* empty: none is made */
    const char *listen_address, *zone, *user, *operator_name, *operator_contact;
    uint64_t hold_days_max;
    /* TLS at nginx: both files, or neither. public_origin: "https://api.example.cn", without a path;
     * empty: the Host of each request is believed. */
    const char *tls_certificate, *tls_key, *public_origin;
    uint64_t tls_port, address_requests;
    uint64_t login_alarm;
    /* How mails and short messages go out (app/sender.h); smtp_host empty: they stay files of the outbox. */
    const char *smtp_host, *smtp_tls, *smtp_user, *smtp_authorities, *mail_from;
    uint64_t smtp_port, send_at_once;
    const char *sms_provider, *sms_endpoint, *sms_key_id, *sms_sign_name, *sms_app, *sms_region;
    const char *sms_template_code, *sms_template_known, *sms_template_notice, *sms_template_guardian;
    const char *sms_template_invitation;
    const char *sms_authorities;
    const char *log_name;
    const char *processors;
    const char *connectors;
    const char *operator_code, *operator_address, *operator_court; /* empty: not told */
};

[[nodiscard]] struct err config_load(struct arena *a, const char *path, struct config *out);

/* The commented sample. */
struct text config_sample_in(struct arena *a);

/* Settings that say who is outside and gets data (a mail server, a provider of short messages), with their
 * values. NULL behind the last. */
struct config_outside {
    const char *name, *value;
};
const struct config_outside *config_outside_in(struct arena *a, const struct config *config);
