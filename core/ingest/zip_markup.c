/*
 * XML of a part by expat (see zip_markup.h).
 */
#include "ingest/zip_markup.h"

#include <expat.h>
#include <string.h>

#define SEPARATOR '|'
/* expat reads an unfinished tag again with each piece that comes. */
#define TAG_BYTES_MAX (1024u * 1024u)

static const char *const office_namespaces[] = {"http://schemas.openxmlformats.org/",
                                                "http://purl.oclc.org/ooxml/"};

/* The name behind the namespace; "" for a namespace of others. */
static const char *local_name(const char *name)
{
    const char *local = strrchr(name, SEPARATOR);
    if (!local)
        return name;
    for (size_t i = 0; i < sizeof office_namespaces / sizeof *office_namespaces; i++)
        if (strncmp(name, office_namespaces[i], strlen(office_namespaces[i])) == 0)
            return local + 1;
    return "";
}

tdm_str tdm__markup_attribute(const char *const *attributes, const char *name)
{
    for (size_t i = 0; attributes[i]; i += 2)
        if (strcmp(local_name(attributes[i]), name) == 0)
            return tdm__str(attributes[i + 1]);
    return (tdm_str){NULL, 0};
}

static int32_t line_now(const tdm__markup *markup)
{
    XML_Size line = XML_GetCurrentLineNumber(markup->parser);
    return line > INT32_MAX ? 0 : (int32_t)line;
}

void tdm__markup_keep(tdm__markup *markup, tdm_status status)
{
    if (status == TDM_OK || markup->status != TDM_OK)
        return;
    markup->status = status;
    if (status == TDM_NO_MEMORY)
        tdm__no_memory(markup->error);
    XML_StopParser(markup->parser, XML_FALSE);
}

void tdm__markup_fail(tdm__markup *markup, tdm_status status, const char *words)
{
    if (markup->status == TDM_OK)
        tdm__fail_at(markup->error, status, (tdm_place){tdm__package_file(markup->package)->name, 0, 0},
                     "%s, line %d: %s", markup->what, (int)line_now(markup), words);
    tdm__markup_keep(markup, status);
}

void tdm__markup_skip(tdm__markup *markup)
{
    markup->skip_depth = markup->depth;
}

static void XMLCALL on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    tdm__markup *markup = data;
    markup->since_told = 0;
    if (markup->status != TDM_OK)
        return;
    if (++markup->depth > TDM__MARKUP_DEPTH_MAX)
        tdm__markup_fail(markup, TDM_TOO_LARGE, "elements lie in each other too deep");
    if (markup->status != TDM_OK || markup->skip_depth > 0)
        return;
    const char *local = local_name(name);
    if (strcmp(local, "Fallback") == 0)
        tdm__markup_skip(markup); /* the same again, for programs that know less */
    else if (markup->handlers->start)
        markup->handlers->start(markup, local, (const char *const *)attributes);
}

static void XMLCALL on_end(void *data, const XML_Char *name)
{
    tdm__markup *markup = data;
    markup->since_told = 0;
    if (markup->status != TDM_OK)
        return;
    if (markup->skip_depth == 0 && markup->handlers->end)
        markup->handlers->end(markup, local_name(name));
    if (markup->skip_depth == markup->depth)
        markup->skip_depth = 0; /* its end is not told either */
    markup->depth--;
}

static void XMLCALL on_text(void *data, const XML_Char *text, int length)
{
    tdm__markup *markup = data;
    markup->since_told = 0;
    if (markup->status == TDM_OK && markup->skip_depth == 0 && markup->handlers->text)
        markup->handlers->text(markup, (tdm_str){text, (size_t)length});
}

static void XMLCALL on_doctype(void *data, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int has_internal)
{
    (void)name, (void)system, (void)public, (void)has_internal;
    tdm__markup_fail(data, TDM_INVALID_INPUT, "it has a DOCTYPE, which no workbook or document has");
}

static XML_Parser new_parser(tdm__markup *markup)
{
    XML_Parser parser = XML_ParserCreateNS(NULL, SEPARATOR);
    if (!parser)
        return NULL;
    XML_SetUserData(parser, markup);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_SetStartDoctypeDeclHandler(parser, on_doctype);
    XML_SetParamEntityParsing(parser, XML_PARAM_ENTITY_PARSING_NEVER);
    return parser;
}

static void feed(tdm__markup *markup, tdm_str piece)
{
    bool is_last = piece.length == 0;
    markup->since_told += piece.length;
    if (XML_Parse(markup->parser, piece.data ? piece.data : "", (int)piece.length, is_last) !=
        XML_STATUS_OK) {
        bool no_memory = XML_GetErrorCode(markup->parser) == XML_ERROR_NO_MEMORY;
        if (no_memory)
            tdm__markup_keep(markup, TDM_NO_MEMORY);
        else
            tdm__markup_fail(markup, TDM_INVALID_INPUT, "not well-formed XML");
    } else if (markup->since_told > TAG_BYTES_MAX) {
        tdm__markup_fail(markup, TDM_TOO_LARGE, "a tag or comment is over 1 MiB long");
    }
}

static tdm_status read_pieces(tdm__markup *markup, tdm__package_part *part)
{
    tdm_str piece;
    const tdm_context *context = tdm__package_file(markup->package)->collection->context;
    do {
        tdm_status status = tdm__package_part_next(&piece, part, markup->error);
        if (status == TDM_OK)
            status = tdm__context_poll(context, markup->error);
        if (status != TDM_OK)
            return status;
        feed(markup, piece);
    } while (piece.length > 0 && markup->status == TDM_OK);
    return markup->status;
}

tdm_status tdm__markup_read(tdm__package *package, const char *part, const char *what,
                            const tdm__markup_handlers *handlers, void *payload, tdm_error *error)
{
    tdm__package_part *open;
    tdm__markup markup = {
        .payload = payload, .handlers = handlers, .package = package, .what = what, .error = error};
    tdm_status status = tdm__package_part_open(&open, package, part, what, error);
    if (status != TDM_OK)
        return status;
    markup.parser = new_parser(&markup);
    status = markup.parser ? read_pieces(&markup, open) : tdm__no_memory(error);
    if (markup.parser)
        XML_ParserFree(markup.parser);
    tdm__package_part_close(open);
    return status;
}
