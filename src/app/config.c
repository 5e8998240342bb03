/* config.c: see config.h. */
#include "app/config.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/must.h"
#include "codec/ip.h"
#include "connect/connectors.h"
#include "fetch/sms.h"
#include "crypt/checkpoint.h"
#include "gate/zone.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MAX = 64 << 10 };

enum setting_kind { NUMBER, WORDS };

struct setting {
    const char *name;
    enum setting_kind kind;
    size_t place; /* in struct config */
    uint64_t low, high; /* of the number, or of the length */
    const char *missing;
    const char *says;
    bool (*fits)(struct arena *a, struct text value); /* NULL: anything of that length */
};

#define AT(field) offsetof(struct config, field)

static bool is_address(struct arena *a, struct text value) {
    struct ip ip;
    (void)a;
    return ip_parse(value, &ip);
}

static bool is_zone(struct arena *a, struct text value) {
    struct zone *zone;
    if (zone_open(a, text_c_in(a, value), &zone).kind)
        return false;
    zone_close(zone);
    return true;
}

static bool is_mail(struct arena *a, struct text value) {
    size_t at = text_find_char(value, '@');
    (void)a;
    return at != SIZE_MAX && at > 0 && text_find_char(text_from(value, at), '.') != SIZE_MAX;
}

/* What ends up in MAIL FROM and From: an address alone, in ASCII. */
static bool is_mail_or_none(struct arena *a, struct text value) {
    for (size_t i = 0; i < value.length; i++)
        if (value.bytes[i] <= ' ' || value.bytes[i] > '~' || strchr("<>\",\\", value.bytes[i]))
            return false;
    return value.length == 0 || is_mail(a, value);
}

static bool is_host_or_none(struct arena *a, struct text value) {
    struct ip ip;
    (void)a;
    for (size_t i = 0; i < value.length; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789.-", value.bytes[i]))
            return ip_parse(value, &ip);
    return !text_starts(value, TEXT(".")) && !text_starts(value, TEXT("-"));
}

static bool is_smtp_tls(struct arena *a, struct text value) {
    (void)a;
    return text_equal_c(value, "starttls") || text_equal_c(value, "implicit");
}

static bool is_sms_provider(struct arena *a, struct text value) {
    enum sms_provider provider;
    (void)a;
    return sms_provider_parse(value, &provider);
}

static bool is_endpoint_or_none(struct arena *a, struct text value) {
    return value.length == 0 || sms_endpoint_fits(a, value);
}

/* nginx reads it between quotes; what would end them cannot be named. */
static bool is_path_or_none(struct arena *a, struct text value) {
    (void)a;
    for (size_t i = 0; i < value.length; i++)
        if (strchr("\"\\$;{}", value.bytes[i]))
            return false;
    return value.length == 0 || value.bytes[0] == '/';
}

static bool is_origin_or_none(struct arena *a, struct text value) {
    size_t scheme = text_starts(value, TEXT("https://")) ? 8 : text_starts(value, TEXT("http://")) ? 7 : 0;
    struct text host = text_from(value, scheme);
    size_t colon = text_find_char(host, ':');
    uint64_t port = 1;
    if (value.length == 0)
        return true;
    if (colon != SIZE_MAX && !text_to_u64(text_from(host, colon + 1), &port))
        return false;
    host = text_part(host, 0, colon);
    return scheme && host.length && is_host_or_none(a, host) && port > 0 && port < 65536;
}

static bool is_log_name(struct arena *a, struct text value) {
    (void)a;
    return note_name_fits(value);
}

static void take_nothing(void *with, const char *group, const char *name) {
    (void)with, (void)group, (void)name;
}

static bool is_connector_list(struct arena *a, struct text value) {
    return connectors_each(a, text_c_in(a, value), take_nothing, NULL);
}

static const struct setting settings[] = {
    {"listen_address", WORDS, AT(listen_address), 2, 64, "127.0.0.1", "IP address that nginx listens on", is_address},
    {"listen_port", NUMBER, AT(listen_port), 1, 65535, "8080", "TCP port that nginx listens on"},
    {"tls_certificate", WORDS, AT(tls_certificate), 0, 400, "", "PEM file of the site's certificate and its chain, its whole path; empty: no TLS here", is_path_or_none},
    {"tls_key", WORDS, AT(tls_key), 0, 400, "", "PEM file of its key, readable by root alone (mode 0400 or 0600), its whole path", is_path_or_none},
    {"tls_port", NUMBER, AT(tls_port), 1, 65535, "8443", "TCP port for TLS; listen_port then only sends pages on to it and refuses calls"},
    {"public_origin", WORDS, AT(public_origin), 0, 255, "", "the site's own address as browsers see it, such as https://api.example.cn; passkeys and links are made for it; with TLS it must be set", is_origin_or_none},
    {"address_requests", NUMBER, AT(address_requests), 1, 65535, "1024", "requests under way at one time from one address"},
    {"zone", WORDS, AT(zone), 1, 63, "Asia/Shanghai", "time zone whose days and months the quotas follow, such as Asia/Shanghai", is_zone},
    {"nginx_workers", NUMBER, AT(nginx_workers), 1, 8, "2", "nginx worker processes"},
    {"worker_processes", NUMBER, AT(worker_processes), 1, 16, "2", "sandboxed processes for slow or hostile work"},
    {"password_slots", NUMBER, AT(password_slots), 1, 64, "2", "passwords hashed at one time, 64 MiB each"},
    {"password_mebibytes", NUMBER, AT(password_mebibytes), 19, 1024, "64", "memory that one password hash takes; raised, each is hashed anew at its next log-in"},
    {"password_passes", NUMBER, AT(password_passes), 1, 64, "2", "passes of one password hash over its memory"},
    {"user", WORDS, AT(user), 1, 32, "www-data", "user to run as, where started by root"},
    {"backup_dir", WORDS, AT(backup_dir), 0, 255, "", "folder for sealed backups, best on another disk; empty: none is made"},
    {"backup_hours", NUMBER, AT(backup_hours), 1, 168, "24", "hours between two backups"},
    {"backup_keep", NUMBER, AT(backup_keep), 1, 1000, "14", "backups that are kept"},
    {"operator_name", WORDS, AT(operator_name), 1, 120, "alapi (未配置运营者名称)", "who runs this service, as the policy names it"},
    {"operator_code", WORDS, AT(operator_code), 0, 32, "", "its registration number (unified social credit code)"},
    {"operator_address", WORDS, AT(operator_address), 0, 200, "", "where it has its seat"},
    {"operator_court", WORDS, AT(operator_court), 0, 120, "", "the court at that seat, named where a person may go on"},
    {"policy_notice_days", NUMBER, AT(policy_notice_days), 0, 365, "30", "days between the publication of a major change of the policy and its effect, at least"},
    {"processors", WORDS, AT(processors), 0, 1000, "", "who handles personal information on the operator's behalf, as the policy's register names them; separated by ;"},
    {"log_name", WORDS, AT(log_name), 1, 120, "alapi.localhost/log", "name of the audit log in all that is signed of it, such as api.example.cn/log; never change it afterwards", is_log_name},
    {"operator_contact", WORDS, AT(operator_contact), 3, 254, "privacy@localhost.localdomain", "e-mail address for privacy questions", is_mail},
    {"connectors", WORDS, AT(connectors), 0, 8000, "", "providers that answer APIs, by group, in the order in which they are asked, such as weather: open-meteo, qweather; parcel: kuaidi100 (alapi connector list shows them); a key stands in state/keys/connectors/PROVIDER.key (mode 0400)", is_connector_list},
    {"login_alarm", NUMBER, AT(login_alarm), 20, 1000000, "200", "failed log-ins of all together in ten minutes, from which strangers' browsers compute or wait"},
    {"hold_days_max", NUMBER, AT(hold_days_max), 1, 3650, "365", "the longest that a legal hold may last, in days"},
    {"smtp_host", WORDS, AT(smtp_host), 0, 253, "", "mail server that mails go through, its name as its certificate has it; empty: mails stay files in outbox/", is_host_or_none},
    {"smtp_port", NUMBER, AT(smtp_port), 1, 65535, "587", "its port: 587 with STARTTLS, 465 with implicit TLS"},
    {"smtp_tls", WORDS, AT(smtp_tls), 8, 8, "starttls", "starttls or implicit; without TLS nothing is ever sent", is_smtp_tls},
    {"smtp_user", WORDS, AT(smtp_user), 0, 254, "", "user name at the mail server, its password in state/keys/smtp.key (mode 0400); empty: no log-in"},
    {"smtp_authorities", WORDS, AT(smtp_authorities), 0, 400, "", "PEM file of the authority of its certificate; empty: Debian's list"},
    {"mail_from", WORDS, AT(mail_from), 0, 254, "", "address that mails come from", is_mail_or_none},
    {"send_at_once", NUMBER, AT(send_at_once), 1, 32, "4", "mails and messages under way at one time"},
    {"sms_provider", WORDS, AT(sms_provider), 4, 16, "none", "who sends short messages: none, aliyun, tencent or webhook; its key in state/keys/sms.key (mode 0400)", is_sms_provider},
    {"sms_endpoint", WORDS, AT(sms_endpoint), 0, 400, "", "URL of the webhook, or another than the provider's own; https, or http to this machine", is_endpoint_or_none},
    {"sms_key_id", WORDS, AT(sms_key_id), 0, 128, "", "AccessKeyId (aliyun) or SecretId (tencent)"},
    {"sms_sign_name", WORDS, AT(sms_sign_name), 0, 60, "", "the approved signature that messages begin with"},
    {"sms_app", WORDS, AT(sms_app), 0, 32, "", "SmsSdkAppId (tencent)"},
    {"sms_region", WORDS, AT(sms_region), 1, 32, "ap-guangzhou", "region (tencent)"},
    {"sms_template_code", WORDS, AT(sms_template_code), 0, 64, "", "template of a code, its one variable: code"},
    {"sms_template_known", WORDS, AT(sms_template_known), 0, 64, "", "template of word that there is an account already, without a variable"},
    {"sms_template_notice", WORDS, AT(sms_template_notice), 0, 64, "", "template of news, its one variable: title"},
    {"sms_template_guardian", WORDS, AT(sms_template_guardian), 0, 64, "", "template of a guardian's code, its one variable: code"},
    {"sms_template_invitation", WORDS, AT(sms_template_invitation), 0, 64, "", "template of an invitation to an organisation, its one variable: code"},
    {"sms_authorities", WORDS, AT(sms_authorities), 0, 400, "", "PEM file of the authority of the endpoint's certificate; empty: Debian's list"},
};

static void set(struct config *config, const struct setting *s, const char *words, uint64_t number) {
    char *at = (char *)config + s->place;
    if (s->kind == NUMBER)
        *(uint64_t *)(void *)at = number;
    else
        *(const char **)(void *)at = words;
}

static bool take(struct arena *a, struct config *config, const struct setting *s, struct text value) {
    uint64_t number = 0;
    if (s->kind == NUMBER) {
        if (!text_to_u64(value, &number) || number < s->low || number > s->high)
            return false;
    } else if (value.length < s->low || value.length > s->high || text_has_control(value) ||
               !text_is_utf8(value) || (s->fits && !s->fits(a, value))) {
        return false;
    }
    set(config, s, text_c_in(a, value), number);
    return true;
}

static const struct setting *setting_find(struct text name) {
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        if (text_equal_c(name, settings[i].name))
            return &settings[i];
    return NULL;
}

static const char *names_in(struct arena *a) {
    const char *all = "";
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        all = text_say_in(a, "%s%s%s", all, i ? ", " : "", settings[i].name);
    return all;
}

static struct err line_read(struct arena *a, const char *path, unsigned number, struct text line,
                            struct config *out) {
    line = text_trim(text_part(line, 0, text_find_char(line, '#')));
    size_t equals = text_find_char(line, '=');
    if (line.length == 0)
        return ok;
    if (equals == SIZE_MAX)
        return err_make(ERR_CONFIG, text_say_in(a, "%s:%u: a line has the form: name = value", path, number));
    struct text name = text_trim(text_part(line, 0, equals)), value = text_trim(text_from(line, equals + 1));
    const struct setting *s = setting_find(name);
    if (!s)
        return err_make(ERR_CONFIG, text_say_in(a, "%s:%u: there is no setting %.*s; there are: %s", path, number,
                                                TEXT_ARG(name), names_in(a)));
    if (take(a, out, s, value))
        return ok;
    return err_make(ERR_CONFIG, text_say_in(a, "%s:%u: %s must be %s from %llu to %llu%s (%s)", path, number, s->name,
                                            s->kind == NUMBER ? "a whole number" : "text of", (unsigned long long)s->low,
                                            (unsigned long long)s->high, s->kind == NUMBER ? "" : " bytes", s->says));
}

static struct err check_tls(struct arena *a, const char *path, const struct config *c) {
    if (!*c->tls_certificate && !*c->tls_key)
        return ok;
    if (!*c->tls_certificate || !*c->tls_key)
        return err_make(ERR_CONFIG, text_say_in(a, "%s: tls_certificate and tls_key are set together or not at all", path));
    if (c->tls_port == c->listen_port)
        return err_make(ERR_CONFIG, text_say_in(a, "%s: tls_port must be another port than listen_port", path));
    if (!text_starts(text_c(c->public_origin), TEXT("https://")))
        return err_make(ERR_CONFIG, text_say_in(a, "%s: with tls_certificate set, set public_origin to the site's "
                                                   "address, such as https://api.example.cn", path));
    return ok;
}

struct err config_load(struct arena *a, const char *path, struct config *out) {
    struct text file = TEXT(""), line;
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        must(take(a, out, &settings[i], text_c(settings[i].missing)));
    if (access(path, F_OK) != 0)
        return ok;
    try(file_read_in(a, path, FILE_MAX, &file));
    for (unsigned number = 1; text_cut(&file, '\n', &line); number++)
        try(line_read(a, path, number, line, out));
    return check_tls(a, path, out);
}

struct text config_sample_in(struct arena *a) {
    struct buf b;
    buf_init(&b, a, FILE_MAX);
    buf_c(&b, "# alapi.conf: name = value; what stands here commented out is in force anyway.\n");
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        buf_format(&b, "\n# %s\n# %s = %s\n", settings[i].says, settings[i].name, settings[i].missing);
    return buf_peek(&b);
}

/* Whatever a setting of these names is set to is a host or a provider that data goes to. */
static bool is_outside(const char *name) {
    static const char *const names[] = {"smtp_host", "sms_provider", "sms_endpoint"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

const struct config_outside *config_outside_in(struct arena *a, const struct config *config) {
    size_t count = sizeof settings / sizeof *settings, kept = 0;
    struct config_outside *list = arena_alloc(a, (count + 1) * sizeof *list);
    for (size_t i = 0; i < count; i++) {
        if (settings[i].kind != WORDS || !is_outside(settings[i].name))
            continue;
        const char *value = *(const char *const *)(const void *)((const char *)config + settings[i].place);
        if (value && value[0] && strcmp(value, "none") != 0)
            list[kept++] = (struct config_outside){settings[i].name, value};
    }
    return list;
}
