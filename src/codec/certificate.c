/* certificate.c: see certificate.h. */
#include "codec/certificate.h"
#include "base/clock.h"
#include "base/must.h"
#include "codec/base64.h"
#include "codec/ip.h"

#include <openssl/x509v3.h>

enum { NAME_BYTES_MAX = 512 };

static struct text printed(struct arena *a, const char *c_string) {
    return text_copy_in(a, text_c(c_string));
}

static struct text name_entry(struct arena *a, const X509_NAME *name, int id) {
    int place = X509_NAME_get_index_by_NID(name, id, -1);
    unsigned char *utf8 = NULL;
    if (place < 0)
        return TEXT("");
    int length = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, place)));
    if (length < 0)
        return TEXT("");
    size_t kept = (size_t)length > NAME_BYTES_MAX ? NAME_BYTES_MAX : (size_t)length;
    struct text found = text_copy_in(a, text_of((char *)utf8, kept));
    OPENSSL_free(utf8);
    return found;
}

static struct text whole_name(struct arena *a, const X509_NAME *name) {
    BIO *out = BIO_new(BIO_s_mem());
    char *bytes;
    must(out != NULL);
    X509_NAME_print_ex(out, name, 0, XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB);
    long length = BIO_get_mem_data(out, &bytes);
    long kept = length > 4 * NAME_BYTES_MAX ? 4 * NAME_BYTES_MAX : length;
    struct text found = text_copy_in(a, text_of(bytes, kept > 0 ? (size_t)kept : 0));
    BIO_free(out);
    return found;
}

static struct text serial(struct arena *a, X509 *x) {
    BIGNUM *number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(x), NULL);
    char *hex = number ? BN_bn2hex(number) : NULL;
    struct text found = printed(a, hex);
    OPENSSL_free(hex);
    BN_free(number);
    return found;
}

static int64_t time_ms(const ASN1_TIME *t) {
    struct tm parts;
    if (!ASN1_TIME_to_tm(t, &parts))
        return 0;
    struct date date = {parts.tm_year + 1900, (unsigned)parts.tm_mon + 1, (unsigned)parts.tm_mday};
    int64_t day = date_to_day(date);
    return (((day * 24 + parts.tm_hour) * 60 + parts.tm_min) * 60 + parts.tm_sec) * 1000;
}

static struct text alternative(struct arena *a, const GENERAL_NAME *name) {
    const ASN1_STRING *value = NULL;
    if (name->type == GEN_DNS)
        value = name->d.dNSName;
    if (name->type == GEN_IPADD)
        value = name->d.iPAddress;
    if (!value)
        return TEXT("");
    const unsigned char *bytes = ASN1_STRING_get0_data(value);
    size_t length = (size_t)ASN1_STRING_length(value);
    struct ip ip = ip_from_v4(0);
    if (name->type == GEN_DNS)
        return text_copy_in(a, text_part(text_of((const char *)bytes, length), 0, NAME_BYTES_MAX));
    if (length != 4 && length != sizeof ip.bytes)
        return TEXT("");
    memcpy(ip.bytes + sizeof ip.bytes - length, bytes, length); /* IPv4 is the last four bytes */
    return ip_print_in(a, &ip);
}

static void read_names(struct arena *a, X509 *x, struct certificate *out) {
    GENERAL_NAMES *names = X509_get_ext_d2i(x, NID_subject_alt_name, NULL, NULL);
    for (int i = 0; i < sk_GENERAL_NAME_num(names) && out->name_count < CERTIFICATE_NAMES_MAX; i++) {
        struct text name = alternative(a, sk_GENERAL_NAME_value(names, i));
        if (name.length)
            out->names[out->name_count++] = name;
    }
    GENERAL_NAMES_free(names);
}

void certificate_read_in(struct arena *a, X509 *x, struct certificate *out) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    *out = (struct certificate){.name_count = 0};
    const X509_NAME *subject = X509_get_subject_name(x), *issuer = X509_get_issuer_name(x);
    EVP_PKEY *key = X509_get0_pubkey(x);
    out->common_name = name_entry(a, subject, NID_commonName);
    out->issuer_organization = name_entry(a, issuer, NID_organizationName);
    out->issuer_name = name_entry(a, issuer, NID_commonName);
    out->subject = whole_name(a, subject);
    out->issuer = whole_name(a, issuer);
    out->serial_number = serial(a, x);
    if (X509_digest(x, EVP_sha256(), digest, &length))
        out->fingerprint_sha256 = hex_encode_in(a, text_of((char *)digest, length));
    out->signature = printed(a, OBJ_nid2ln(X509_get_signature_nid(x)));
    out->key = printed(a, key ? EVP_PKEY_get0_type_name(key) : NULL);
    out->key_bits = key ? (unsigned)EVP_PKEY_get_bits(key) : 0;
    out->starts_ms = time_ms(X509_get0_notBefore(x));
    out->ends_ms = time_ms(X509_get0_notAfter(x));
    read_names(a, x, out);
}
