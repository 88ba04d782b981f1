/*
 * The children-in-need census: XML by SAX to the records of one child at a time. No DTD, no entities,
 * no network; unknown elements and stray text are told and passed over. What records mean is
 * cin_events.c's.
 */
#include "ingest/cin.h"

#include "base/context.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <string.h>

#define DEPTH_MAX      64
#define TEXT_MAX_BYTES 4096
#define PIECE_BYTES    65536

typedef struct open_element {
    int32_t row; /* of the element table */
    bool stray;  /* stray text has been told */
} open_element;

typedef struct sax {
    tdm__cin cin;
    xmlParserCtxtPtr parser;
    tdm_error *error;
    tdm_status status; /* first failure of our own; ends the parsing */
    open_element open[DEPTH_MAX];
    size_t depth;
    size_t unknown_depth; /* within an element that is not known; 0: not */
    uint32_t open_record[TDM__CIN_TYPES];
    tdm__text text;
    bool text_cut;
} sax;

static int32_t line_now(const sax *s)
{
    int line = xmlSAX2GetLineNumber(s->parser);
    return line < 0 ? 0 : (int32_t)line;
}

static void stop(sax *s, tdm_status status)
{
    if (s->status == TDM_OK)
        s->status = status;
    if (s->status == TDM_NO_MEMORY)
        tdm__no_memory(s->error);
    xmlStopParser(s->parser);
}

static void stop_at(sax *s, tdm_status status, const char *words)
{
    if (s->status == TDM_OK)
        tdm__fail_at(s->error, status, (tdm_place){s->cin.file->name, line_now(s), 0}, "%s", words);
    stop(s, status);
}

/* A failed diagnostic or allocation ends the parsing. */
static void keep(sax *s, tdm_status status)
{
    if (status != TDM_OK)
        stop(s, status);
}

/* --- records --- */

static tdm__cin_record *record_of(sax *s, tdm__cin_type type)
{
    if (type == TDM__CIN_HEADER)
        return &s->cin.header;
    return s->open_record[type] == TDM_NO_INDEX ? NULL : &s->cin.records[s->open_record[type]];
}

static uint32_t enclosing_record(const sax *s)
{
    for (size_t i = s->depth; i > 0; i--) {
        const tdm__cin_element *element = tdm__cin_element_at(s->open[i - 1].row);
        if (element->role == TDM__CIN_OPENS)
            return s->open_record[element->record];
    }
    return TDM_NO_INDEX;
}

static void open_record(sax *s, tdm__cin_type type)
{
    tdm__cin *cin = &s->cin;
    uint32_t parent = enclosing_record(s);
    tdm__cin_record *grown = tdm__grown(cin->file->allocator, cin->records, &cin->record_capacity,
                                        cin->record_count + 1, sizeof *grown);
    if (!grown) {
        stop(s, TDM_NO_MEMORY);
        return;
    }
    cin->records = grown;
    cin->records[cin->record_count] = (tdm__cin_record){.type = type, .line = line_now(s), .parent = parent};
    s->open_record[type] = (uint32_t)cin->record_count++;
    cin->file->rows += type <= TDM__CIN_REVIEWS;
}

static void fill_field(sax *s, const tdm__cin_element *element, tdm_str value)
{
    tdm__cin_record *record = record_of(s, element->record);
    tdm__text joined;
    if (value.length == 0 || !record)
        return;
    tdm_str *field = &record->fields[element->field];
    if (field->length > 0 && element->role != TDM__CIN_ADDS) {
        keep(s, tdm__note(s->cin.file, TDM__WARNING, "element-twice", line_now(s), tdm__str(element->name),
                          "this element stands twice in its record; the first stands"));
        return;
    }
    if (!tdm__cin_code_is_known(element->record, element->field, value))
        keep(s, tdm__note(s->cin.file, TDM__WARNING, "code-unknown", line_now(s), tdm__str(element->name),
                          "none of the codes of the census; it is kept as it is"));
    tdm__text_init(&joined, s->cin.file->allocator);
    tdm__text_add(&joined, *field);
    if (field->length > 0)
        tdm__text_char(&joined, ' ');
    tdm__text_add(&joined, value);
    tdm__arena *arena = element->record == TDM__CIN_HEADER ? &s->cin.file->arena : &s->cin.texts;
    tdm_str copy = joined.failed ? (tdm_str){NULL, 0} : tdm__arena_copy(arena, tdm__text_str(&joined));
    tdm__text_free(&joined);
    if (!copy.data) {
        stop(s, TDM_NO_MEMORY);
        return;
    }
    *field = copy;
    if (record->lines[element->field] == 0)
        record->lines[element->field] = line_now(s);
}

/* --- what the parser calls --- */

static void start_unknown(sax *s, const char *name)
{
    s->unknown_depth = 1;
    keep(s, tdm__note_once(s->cin.file, TDM__WARNING, "element-unknown", line_now(s), tdm__str(name),
                           tdm__str(name), "the census has no element of this name here; it is not read"));
}

static void begin_child(sax *s)
{
    s->cin.record_count = 0;
    tdm__arena_reset(&s->cin.texts);
    for (int type = 0; type < TDM__CIN_TYPES; type++)
        s->open_record[type] = TDM_NO_INDEX;
}

static void on_start(void *payload, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int attribute_count, int default_count,
                     const xmlChar **attributes)
{
    sax *s = payload;
    (void)prefix, (void)uri, (void)namespace_count, (void)namespaces;
    (void)attribute_count, (void)default_count, (void)attributes;
    if (s->status != TDM_OK)
        return;
    if (s->unknown_depth > 0) {
        if (++s->unknown_depth > DEPTH_MAX)
            stop_at(s, TDM_TOO_LARGE, "elements lie more than 64 deep");
        return;
    }
    int32_t parent = s->depth > 0 ? s->open[s->depth - 1].row : TDM__CIN_ROOT;
    int32_t row = tdm__cin_find_element((const char *)name, parent);
    if (row < 0 && parent == TDM__CIN_ROOT) {
        stop_at(s, TDM_UNSUPPORTED, "not a children-in-need census: the first element is not Message");
        return;
    }
    if (row < 0) {
        start_unknown(s, (const char *)name);
        return;
    }
    const tdm__cin_element *element = tdm__cin_element_at(row);
    if (element->role == TDM__CIN_OPENS && element->record == TDM__CIN_CHILD)
        begin_child(s);
    if (element->role == TDM__CIN_OPENS || element->role == TDM__CIN_DATES)
        open_record(s, element->record);
    /* The table is less deep than DEPTH_MAX. */
    s->open[s->depth++] = (open_element){row, false};
    tdm__text_clear(&s->text);
    s->text_cut = false;
}

static bool holds_only_space(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!memchr(" \t\r\n", text[i], 4))
            return false;
    return true;
}

static void on_text(void *payload, const xmlChar *text, int length)
{
    sax *s = payload;
    size_t size = length > 0 ? (size_t)length : 0;
    if (s->status != TDM_OK || s->unknown_depth > 0 || s->depth == 0)
        return;
    open_element *open = &s->open[s->depth - 1];
    const tdm__cin_element *element = tdm__cin_element_at(open->row);
    if (element->role == TDM__CIN_HOLDS || element->role == TDM__CIN_OPENS) {
        if (!open->stray && !holds_only_space((const char *)text, size)) {
            open->stray = true;
            keep(s, tdm__note(s->cin.file, TDM__WARNING, "stray-text", line_now(s), tdm__str(element->name),
                              "text between the elements of this one; it is passed over"));
        }
        return;
    }
    if (s->text.length + size > TEXT_MAX_BYTES) {
        s->text_cut = true;
        return;
    }
    tdm__text_bytes(&s->text, (const char *)text, size);
    if (s->text.failed)
        stop(s, TDM_NO_MEMORY);
}

static void end_element(sax *s, const tdm__cin_element *element)
{
    bool takes_text = element->role == TDM__CIN_FILLS || element->role == TDM__CIN_ADDS ||
                      element->role == TDM__CIN_DATES;
    if (s->text_cut && takes_text)
        keep(s, tdm__note(s->cin.file, TDM__WARNING, "text-too-long", line_now(s), tdm__str(element->name),
                          "longer than 4096 bytes; it is not read"));
    else if (takes_text)
        fill_field(s, element, tdm__str_trimmed(tdm__text_str(&s->text)));
    if (s->status != TDM_OK)
        return;
    if (element->role == TDM__CIN_HOLDS && strcmp(element->name, "Header") == 0)
        keep(s, tdm__cin_header(&s->cin));
    if (element->role == TDM__CIN_OPENS && element->record == TDM__CIN_CHILD)
        keep(s, tdm__cin_child(&s->cin));
}

static void on_end(void *payload, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    sax *s = payload;
    (void)name, (void)prefix, (void)uri;
    if (s->status != TDM_OK || s->depth == 0)
        return;
    if (s->unknown_depth > 0) {
        s->unknown_depth--;
        return;
    }
    end_element(s, tdm__cin_element_at(s->open[s->depth - 1].row));
    s->depth--;
    tdm__text_clear(&s->text);
    s->text_cut = false;
}

/* Inner entities expand in SAX even when entities are not asked for. */
static void on_doctype(void *payload, const xmlChar *name, const xmlChar *external_id,
                       const xmlChar *system_id)
{
    (void)name, (void)external_id, (void)system_id;
    stop_at(payload, TDM_INVALID_INPUT, "XML with a DOCTYPE is refused; a census return has none");
}

typedef struct xml_failure {
    int code;
    tdm_status status;
    const char *words;
} xml_failure;

static const xml_failure xml_failures[] = {
    {XML_ERR_NO_MEMORY, TDM_NO_MEMORY, "out of memory"},
    {XML_ERR_DOCUMENT_END, TDM_INVALID_INPUT, "the XML is cut off here"},
    {XML_ERR_DOCUMENT_EMPTY, TDM_INVALID_INPUT, "the XML is cut off here"},
    {XML_ERR_TAG_NOT_FINISHED, TDM_INVALID_INPUT, "the XML is cut off here"},
    {XML_ERR_GT_REQUIRED, TDM_INVALID_INPUT, "not well-formed XML: a tag is not closed"},
    {XML_ERR_TAG_NAME_MISMATCH, TDM_INVALID_INPUT,
     "not well-formed XML: an end tag does not fit its start tag"},
    {XML_ERR_UNDECLARED_ENTITY, TDM_INVALID_INPUT, "not well-formed XML: an entity that is not declared"},
    {XML_ERR_INVALID_ENCODING, TDM_ENCODING, "bytes that are not of the encoding that the XML declares"},
    {XML_ERR_INVALID_CHAR, TDM_ENCODING, "a character that XML does not allow"},
    {XML_ERR_UNSUPPORTED_ENCODING, TDM_ENCODING, "an encoding that is not supported"},
};

/* The parser's own words may hold what stands in the file; ours do not. */
static void on_error(void *payload, xmlErrorPtr why)
{
    sax *s = payload;
    xml_failure failure = {0, TDM_INVALID_INPUT, "not well-formed XML"};
    if (s->status != TDM_OK || why->level != XML_ERR_FATAL)
        return;
    for (size_t i = 0; i < sizeof xml_failures / sizeof xml_failures[0]; i++)
        if (xml_failures[i].code == why->code)
            failure = xml_failures[i];
    s->status = failure.status;
    tdm_place place = {s->cin.file->name, why->line > 0 ? (int32_t)why->line : 0, 0};
    if (failure.status == TDM_NO_MEMORY)
        tdm__no_memory(s->error);
    else
        tdm__fail_at(s->error, failure.status, place, "%s", failure.words);
}

/* --- the file --- */

/* The encoding that the XML declaration names, "" when there is none. */
static tdm_str declared_encoding(tdm_str content)
{
    const tdm_str start = TDM_LIT("<?xml"), name = TDM_LIT("encoding");
    if (tdm__str_starts(content, TDM_LIT("\xef\xbb\xbf")))
        content = (tdm_str){content.data + 3, content.length - 3};
    if (!tdm__str_starts(content, start))
        return (tdm_str){NULL, 0};
    tdm_str declaration = tdm__str_split(&content, '>');
    while (declaration.length > name.length && !tdm__str_starts(declaration, name)) {
        declaration.data++;
        declaration.length--;
    }
    size_t quote = 0;
    while (quote < declaration.length && declaration.data[quote] != '"' && declaration.data[quote] != '\'')
        quote++;
    if (!tdm__str_starts(declaration, name) || quote == declaration.length)
        return (tdm_str){NULL, 0};
    tdm_str rest = {declaration.data + quote + 1, declaration.length - quote - 1};
    return tdm__str_split(&rest, declaration.data[quote]);
}

typedef struct xml_encoding {
    const char *declared; /* folded */
    const char *taken_as;
} xml_encoding;

/* ISO 8859-1 is read as the Windows page that extends it: the bytes between are control characters there. */
static const xml_encoding xml_encodings[] = {
    {"", ""},
    {"utf-8", ""},
    {"us-ascii", ""},
    {"ascii", ""},
    {"iso-8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"windows-1252", "windows-1252"},
};

/*
 * Decoding is ours and the parser is told to take UTF-8: its own conversion ends quietly at a byte
 * that does not fit, and a return cut short there would pass for a whole one.
 */
static tdm_status decode(tdm__return *file, tdm_error *error)
{
    tdm__text folded;
    tdm_place place = {file->name, 1, 0};
    const char *taken_as = NULL;
    tdm__text_init(&folded, file->allocator);
    tdm_status status = TDM_OK;
    size_t bad_at;
    tdm_str declared = declared_encoding(file->content);
    if (tdm__utf8_valid(declared, &bad_at))
        status = tdm__fold(&folded, declared);
    for (size_t i = 0; i < sizeof xml_encodings / sizeof xml_encodings[0]; i++)
        if (tdm__str_equal(tdm__text_str(&folded), tdm__str(xml_encodings[i].declared)))
            taken_as = xml_encodings[i].taken_as;
    tdm__text_free(&folded);
    if (status != TDM_OK)
        return tdm__no_memory(error);
    if (!taken_as)
        return tdm__fail_at(error, TDM_ENCODING, place,
                            "an encoding that is not supported; expected UTF-8 or Windows-1252");
    return tdm__decode(file, tdm__str(taken_as), error);
}

static void feed(sax *s)
{
    tdm_str rest = s->cin.file->content;
    while (rest.length > 0 && s->status == TDM_OK) {
        size_t size = rest.length < PIECE_BYTES ? rest.length : PIECE_BYTES;
        xmlParseChunk(s->parser, rest.data, (int)size, 0);
        rest.data += size;
        rest.length -= size;
        if (s->status == TDM_OK)
            keep(s, tdm__context_poll(s->cin.file->collection->context, s->error));
    }
    if (s->status == TDM_OK)
        xmlParseChunk(s->parser, NULL, 0, 1);
    if (s->status == TDM_OK && (!s->parser->wellFormed || s->depth > 0))
        stop_at(s, TDM_INVALID_INPUT, "not well-formed XML, or cut off");
}

static tdm_status parse(sax *s)
{
    xmlSAXHandler handler;
    memset(&handler, 0, sizeof handler);
    handler.initialized = XML_SAX2_MAGIC;
    handler.startElementNs = on_start;
    handler.endElementNs = on_end;
    handler.characters = on_text;
    handler.ignorableWhitespace = on_text;
    handler.cdataBlock = on_text;
    handler.internalSubset = on_doctype;
    handler.serror = on_error;
    s->parser = xmlCreatePushParserCtxt(&handler, s, NULL, 0, NULL);
    if (!s->parser)
        return tdm__no_memory(s->error);
    xmlCtxtUseOptions(s->parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
    begin_child(s);
    feed(s);
    if (s->parser->myDoc)
        xmlFreeDoc(s->parser->myDoc);
    s->parser->myDoc = NULL;
    xmlFreeParserCtxt(s->parser);
    return s->status;
}

tdm_status tdm__read_census(tdm__return *file, tdm_error *error)
{
    sax s = {.cin = {.file = file, .reference_day = TDM_DAY_NONE}, .error = error};
    tdm__arena_init(&s.cin.texts, file->allocator);
    tdm__arena_init(&s.cin.scratch, file->allocator);
    tdm__text_init(&s.text, file->allocator);
    s.cin.header.type = TDM__CIN_HEADER;
    tdm__draft_init(&s.cin.draft, file->collection->vocabulary, file->allocator, &s.cin.scratch);
    tdm_status status = decode(file, error);
    if (status == TDM_OK)
        status = tdm__cin_source(&s.cin);
    if (status == TDM_OK)
        status = parse(&s);
    tdm__free(file->allocator, s.cin.records);
    tdm__draft_free(&s.cin.draft);
    tdm__text_free(&s.text);
    tdm__arena_free(&s.cin.scratch);
    tdm__arena_free(&s.cin.texts);
    return status;
}
