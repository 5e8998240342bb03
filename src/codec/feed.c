/* feed.c: see feed.h. libxml2 builds the tree; names are compared without their namespace prefix, as
 * feeds mix them. */
#include "codec/feed.h"
#include "base/clock.h"
#include "base/must.h"
#include "codec/html_text.h"
#include "codec/json.h"
#include "codec/json_in.h"

#include <libxml/parser.h>
#include <stdlib.h>

enum { OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA };

void feed_begin(void) {
    xmlInitParser();
}

/* ---- times ---- */

static bool digits(struct text *rest, unsigned least, unsigned most, int *out) {
    unsigned count = 0;
    *out = 0;
    while (count < most && count < rest->length && rest->bytes[count] >= '0' && rest->bytes[count] <= '9')
        *out = *out * 10 + (rest->bytes[count++] - '0');
    *rest = text_from(*rest, count);
    return count >= least;
}

static bool take(struct text *rest, char c) {
    if (!rest->length || rest->bytes[0] != c)
        return false;
    *rest = text_from(*rest, 1);
    return true;
}

struct stamp {
    struct date date;
    int hour, minute, second, offset_minutes;
};

static bool month_of(struct text t, unsigned *out) {
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (unsigned i = 0; i < 12 && t.length >= 3; i++)
        if (text_equal_nocase(text_part(t, 0, 3), text_of(names + (size_t)i * 3, 3))) {
            *out = i + 1;
            return true;
        }
    return false;
}

/* "+0800", "-05:00", "Z", "GMT", "EST" */
static bool read_zone(struct text rest, int *out) {
    static const struct {
        const char *name;
        int hours;
    } zones[] = {{"EST", -5}, {"EDT", -4}, {"CST", -6}, {"CDT", -5},
                 {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};
    int hours, minutes = 0;
    rest = text_trim(rest);
    *out = 0;
    if (text_equal_c(rest, "") || text_equal_nocase(rest, TEXT("Z")) || text_equal_c(rest, "GMT") ||
        text_equal_c(rest, "UT") || text_equal_c(rest, "UTC"))
        return true;
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        if (text_equal_c(rest, zones[i].name)) {
            *out = zones[i].hours * 60;
            return true;
        }
    bool is_west = rest.bytes[0] == '-';
    if (!take(&rest, '+') && !take(&rest, '-'))
        return false;
    if (!digits(&rest, 2, 2, &hours))
        return false;
    take(&rest, ':');
    if (!digits(&rest, 2, 2, &minutes) || hours > 14 || minutes > 59)
        return false;
    *out = (hours * 60 + minutes) * (is_west ? -1 : 1);
    return true;
}

static bool read_clock(struct text *rest, struct stamp *s) {
    if (!digits(rest, 1, 2, &s->hour) || !take(rest, ':') || !digits(rest, 2, 2, &s->minute))
        return false;
    if (take(rest, ':') && !digits(rest, 2, 2, &s->second))
        return false;
    int ignored;
    if (take(rest, '.') && !digits(rest, 1, 9, &ignored))
        return false;
    return s->hour < 24 && s->minute < 60 && s->second < 61;
}

static bool read_rfc3339(struct text t, struct stamp *s) {
    if (t.length < 16 || !date_parse(text_part(t, 0, 10), &s->date))
        return false;
    t = text_from(t, 10);
    return (take(&t, 'T') || take(&t, 't') || take(&t, ' ')) && read_clock(&t, s) &&
           read_zone(t, &s->offset_minutes);
}

static bool read_rfc822(struct text t, struct stamp *s) {
    int day, year;
    size_t comma = text_find_char(t, ',');
    t = text_trim(comma == SIZE_MAX ? t : text_from(t, comma + 1));
    if (!digits(&t, 1, 2, &day) || !take(&t, ' ') || !month_of(t, &s->date.month))
        return false;
    size_t blank = text_find_char(t, ' ');
    t = blank == SIZE_MAX ? TEXT("") : text_from(t, blank + 1);
    if (!digits(&t, 2, 4, &year) || !take(&t, ' ') || !read_clock(&t, s) ||
        !read_zone(t, &s->offset_minutes))
        return false;
    s->date.year = year < 50 ? 2000 + year : year < 100 ? 1900 + year : year;
    s->date.day = (unsigned)day;
    return date_is_real(s->date);
}

struct text feed_time_in(struct arena *a, struct text t) {
    struct stamp s = {.hour = 0};
    t = text_trim(t);
    if (!read_rfc3339(t, &s)) {
        s = (struct stamp){.hour = 0};
        if (!read_rfc822(t, &s))
            return t;
    }
    int64_t seconds =
        date_to_day(s.date) * 86400 + s.hour * 3600 + s.minute * 60 + s.second - s.offset_minutes * 60;
    return seconds < 0 ? t : clock_print_utc_in(a, seconds * 1000);
}

/* ---- XML ---- */

static bool is_named(const xmlNode *node, const char *name) {
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static const xmlNode *child(const xmlNode *node, const char *name) {
    for (const xmlNode *n = node ? node->children : NULL; n; n = n->next)
        if (is_named(n, name))
            return n;
    return NULL;
}

/* All text below the node; nodes are many at most as the document is long, and libxml2 limits their
 * depth. */
static void add_text(struct buf *b, const xmlNode *node) {
    for (const xmlNode *n = node->children; n; n = n->next) {
        if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
            buf_text(b, text_c((const char *)n->content));
        else if (n->type == XML_ELEMENT_NODE)
            add_text(b, n);
    }
}

static struct text text_of_node(struct arena *a, const xmlNode *node) {
    struct buf b;
    if (!node)
        return TEXT("");
    buf_init(&b, a, FEED_TEXT_BYTES_MAX);
    add_text(&b, node);
    return text_trim(text_copy_in(a, buf_peek(&b)));
}

static struct text attribute(struct arena *a, const xmlNode *node, const char *name) {
    for (const xmlAttr *at = node ? node->properties : NULL; at; at = at->next)
        if (strcmp((const char *)at->name, name) == 0 && at->children && at->children->content)
            return text_copy_in(a, text_c((const char *)at->children->content));
    return TEXT("");
}

static struct text first_text(struct arena *a, const xmlNode *node, const char *const *names) {
    for (; *names; names++) {
        struct text found = text_of_node(a, child(node, *names));
        if (found.length)
            return found;
    }
    return TEXT("");
}

/* RSS has the address as text, Atom as an attribute; of Atom's several the page itself. */
static struct text link_of(struct arena *a, const xmlNode *node) {
    struct text found = TEXT("");
    for (const xmlNode *n = node->children; n; n = n->next) {
        if (!is_named(n, "link"))
            continue;
        struct text href = attribute(a, n, "href"), rel = attribute(a, n, "rel");
        struct text address = href.length ? href : text_of_node(a, n);
        bool is_page = rel.length == 0 || text_equal_c(rel, "alternate");
        if (address.length && (is_page || !found.length))
            found = address;
        if (is_page && address.length)
            break;
    }
    return found;
}

static bool is_picture(struct arena *a, const xmlNode *n) {
    return text_starts(attribute(a, n, "type"), TEXT("image/")) ||
           text_equal_c(attribute(a, n, "medium"), "image") || is_named(n, "thumbnail");
}

static struct text image_of(struct arena *a, const xmlNode *node) {
    for (const xmlNode *n = node->children; n; n = n->next) {
        bool may_be = is_named(n, "enclosure") || is_named(n, "content") || is_named(n, "thumbnail");
        if (may_be && is_picture(a, n) && attribute(a, n, "url").length)
            return attribute(a, n, "url");
        if (is_named(n, "group") && image_of(a, n).length)
            return image_of(a, n);
    }
    return TEXT("");
}

static struct text author_of(struct arena *a, const xmlNode *node) {
    static const char *const names[] = {"creator", "author", NULL};
    const xmlNode *author = child(node, "author");
    struct text name = text_of_node(a, child(author, "name"));
    return name.length ? name : first_text(a, node, names);
}

static void put(struct json *j, const char *name, struct text value) {
    if (value.length)
        json_put_text(j, name, value);
}

#define NAMES(...)                                                                                         \
    (const char *const[]) {                                                                                \
        __VA_ARGS__, NULL                                                                                  \
    }

static void put_item(struct json *j, struct arena *a, const xmlNode *item) {
    struct text summary = first_text(a, item, NAMES("description", "summary", "encoded", "content"));
    json_open_object(j);
    put(j, "id", first_text(a, item, NAMES("guid", "id")));
    put(j, "title", html_text_in(a, first_text(a, item, NAMES("title"))));
    put(j, "link", link_of(a, item));
    put(j, "summary", html_text_in(a, summary));
    put(j, "content", first_text(a, item, NAMES("encoded", "content", "description", "summary")));
    put(j, "author", author_of(a, item));
    put(j, "category", first_text(a, item, NAMES("category", "subject")));
    put(j, "published",
        feed_time_in(a, first_text(a, item, NAMES("pubDate", "published", "updated", "date", "issued"))));
    put(j, "image", image_of(a, item));
    json_close_object(j);
}

static void put_items(struct json *j, struct arena *a, const xmlNode *parent) {
    unsigned count = 0;
    for (const xmlNode *n = parent ? parent->children : NULL;
         n && count < FEED_ITEMS_MAX && !buf_is_over(j->out); n = n->next)
        if ((is_named(n, "item") || is_named(n, "entry")) && ++count)
            put_item(j, a, n);
}

static bool put_feed(struct buf *out, struct arena *a, const xmlNode *root) {
    const xmlNode *channel = child(root, "channel");
    struct json j;
    if (!root || (!channel && !is_named(root, "feed")))
        return false;
    const xmlNode *head = channel ? channel : root;
    json_init(&j, out);
    json_open_object(&j);
    put(&j, "title", html_text_in(a, text_of_node(a, child(head, "title"))));
    put(&j, "link", link_of(a, head));
    put(&j, "updated",
        feed_time_in(a, first_text(a, head, NAMES("lastBuildDate", "updated", "pubDate", "date"))));
    json_name(&j, "items");
    json_open_list(&j);
    put_items(&j, a, head);
    if (root != head) /* RSS 1.0 has its items beside the channel */
        put_items(&j, a, root);
    json_close_list(&j);
    json_close_object(&j);
    return true;
}

/* tidy: parameters: libxml2's own */
static void refuse_entity(void *context, const xmlChar *name, int type, const xmlChar *public_id,
                          const xmlChar *system_id, xmlChar *content) {
    (void)name, (void)type, (void)public_id, (void)system_id, (void)content;
    xmlStopParser(context);
}

static bool read_xml(struct arena *a, struct text feed, struct buf *out) {
    xmlParserCtxt *context = xmlNewParserCtxt();
    must(context != NULL);
    context->sax->entityDecl = refuse_entity;
    xmlDoc *document = xmlCtxtReadMemory(context, feed.bytes, (int)feed.length, NULL, NULL, OPTIONS);
    bool is_feed = document && context->wellFormed && put_feed(out, a, xmlDocGetRootElement(document));
    xmlFreeDoc(document ? document : context->myDoc);
    context->myDoc = NULL;
    xmlFreeParserCtxt(context);
    return is_feed;
}

/* ---- JSON Feed ---- */

static void put_json_item(struct json *j, struct arena *a, const json_t *item) {
    struct text html = json_member_text(item, "content_html"),
                plain = json_member_text(item, "content_text");
    struct text summary = json_member_text(item, "summary");
    const json_t *author = json_array_get(json_object_get(item, "authors"), 0);
    json_open_object(j);
    put(j, "id", json_member_text(item, "id"));
    put(j, "title", json_member_text(item, "title"));
    put(j, "link", json_member_text(item, "url"));
    put(j, "summary", summary.length ? summary : plain.length ? plain : html_text_in(a, html));
    put(j, "content", html.length ? html : plain);
    put(j, "author", json_member_text(author ? author : json_object_get(item, "author"), "name"));
    put(j, "published", feed_time_in(a, json_member_text(item, "date_published")));
    put(j, "image", json_member_text(item, "image"));
    json_close_object(j);
}

static bool read_json(struct arena *a, struct text feed, struct buf *out) {
    struct json j;
    json_t *root;
    if (json_parse(a, feed, &root).kind)
        return false;
    const json_t *items = json_object_get(root, "items");
    bool is_feed = json_is_array(items) &&
                   text_find(json_member_text(root, "version"), TEXT("jsonfeed.org")) != SIZE_MAX;
    json_init(&j, out);
    if (is_feed) {
        json_open_object(&j);
        put(&j, "title", json_member_text(root, "title"));
        put(&j, "link", json_member_text(root, "home_page_url"));
        json_name(&j, "items");
        json_open_list(&j);
        for (size_t i = 0; i < json_array_size(items) && i < FEED_ITEMS_MAX; i++)
            put_json_item(&j, a, json_array_get(items, i));
        json_close_list(&j);
        json_close_object(&j);
    }
    json_decref(root);
    return is_feed;
}

struct err feed_json(struct arena *a, struct text feed, struct buf *out) {
    struct text start = text_trim(feed);
    if (text_starts(start, TEXT("\xEF\xBB\xBF")))
        start = text_from(start, 3);
    bool is_feed = feed.length <= FEED_BYTES_MAX &&
                   (text_starts(start, TEXT("{")) ? read_json(a, start, out) : read_xml(a, start, out));
    if (!is_feed)
        return err_make(ERR_SOURCE_FAILED, "the answer is no RSS, Atom or JSON feed");
    return buf_is_over(out) ? err_make(ERR_SOURCE_FAILED, "the feed is too large") : ok;
}
