/*
 * The picture of one child as a file of its own: what stands above it, and which child that is.
 */
#include "report/picture.h"
#include "report/printed.h"

#define MARGIN      120
#define HEAD_LETTER 170 /* of the title; other lines have the letters of the picture */
#define HEAD_LINE   175

static const tdm__shape alone = {"alone", 11800, 1900, 1320, 120, false, 6, true};

/* Bytes of the next line of a text: as many words as fit, or a part of one that fits in no line. */
static size_t line_length(tdm_str text, int room)
{
    size_t fits = tdm__text_fit(text, alone.font, room), at = fits;
    if (fits == text.length)
        return fits;
    while (at > 0 && text.data[at] != ' ')
        at--;
    return at > 0 ? at : fits > 0 ? fits : text.length;
}

/* Lines from `y` on; where the next one would stand. Without `out` it only measures. */
static int put_lines(tdm__output *out, tdm_str text, int y)
{
    while (text.length > 0) {
        size_t length = line_length(text, alone.width - 2 * MARGIN);
        if (out)
            tdm__put(out, "<text x=\"%t\" y=\"%t\">%g</text>\n", MARGIN, y, (tdm_str){text.data, length});
        text = tdm__str_trimmed((tdm_str){text.data + length, text.length - length});
        y += HEAD_LINE;
    }
    return y;
}

static void put_about(tdm__text *text, const tdm_run *run, size_t position,
                      const tdm__report_options *options)
{
    tdm__row_counts counts = tdm__count_rows(run, position, options);
    tdm__put_case(text, run);
    tdm__text_puts(text, ". ");
    tdm__put_row_counts(text, &counts);
    if (counts.undated > 0 || counts.later > 0)
        tdm__text_puts(text, " Those without a date and those after the as-of day are not drawn.");
    tdm__text_puts(text, " A prompt is a reason to look at the records again, no measure of risk.");
    if (!options->significant)
        return;
    tdm__text_char(text, ' ');
    tdm__put_left_out(text, run, position, options);
}

static void open_file(const tdm__picture *picture, int height)
{
    tdm_str id = tdm_chronology_child_id(picture->run->chronology, picture->child->child);
    tdm__put(
        picture->out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
        "xml:lang=\"en-GB\" viewBox=\"0 0 %t %t\" width=\"%t\" height=\"%t\" role=\"group\" "
        "aria-labelledby=\"title\">\n<title id=\"title\">Time line of child %g</title>\n"
        "<style>text{font-family:Arial,'Liberation Sans','DejaVu Sans',sans-serif}"
        "@page{size:A4 landscape;margin:8mm}@media print{svg{max-width:100%%;max-height:100vh}}</style>\n"
        "<rect width=\"%t\" height=\"%t\" fill=\"#fff\"/>\n",
        alone.width, height, alone.width, height, id, alone.width, height);
}

static tdm_status put_file(tdm__picture *picture, tdm_str about)
{
    char words[TDM__CHILD_WORDS_SIZE];
    const tdm__child *child = tdm__chronology_child(picture->run->chronology, picture->child->child);
    int first = MARGIN + HEAD_LETTER + HEAD_LINE + 40, top = put_lines(NULL, about, first);
    tdm__child_words(words, picture->run, child);
    open_file(picture, top + picture->height);
    tdm__put(picture->out,
             "<text x=\"%t\" y=\"%t\" font-size=\"%t\" font-weight=\"700\">Child %g, %z</text>\n", MARGIN,
             MARGIN + HEAD_LETTER, HEAD_LETTER, child->id, words);
    tdm__put(picture->out, "<g font-size=\"%t\">\n", alone.font);
    put_lines(picture->out, about, first);
    tdm__put(picture->out, "</g>\n<g transform=\"translate(0 %t)\">\n", top);
    tdm_status status = tdm__picture_draw(picture);
    tdm__put(picture->out, "</g>\n</svg>\n");
    return status;
}

static tdm_status draw_child(tdm__output *out, const tdm_run *run, size_t position,
                             const tdm__report_options *options, tdm__arena *arena)
{
    tdm__picture picture = {.out = out,
                            .run = run,
                            .child = &run->children[position],
                            .position = position,
                            .shape = &alone,
                            .options = options,
                            .arena = arena};
    tdm__text about;
    tdm__text_init(&about, &run->allocator);
    tdm_status status = tdm__picture_prepare(&picture);
    if (status == TDM_OK)
        put_about(&about, run, position, options);
    if (about.failed)
        status = TDM_NO_MEMORY;
    if (status == TDM_OK)
        status = put_file(&picture, tdm__text_str(&about));
    tdm__text_free(&about);
    return status;
}

static tdm_status find_child(size_t *position, const tdm_run *run, tdm_str id, tdm_error *error)
{
    *position = 0;
    if (id.length == 0)
        return run->child_count == 1
                   ? TDM_OK
                   : tdm__fail(error, TDM_INVALID_ARG, "child: the inputs hold %d children; say which one",
                               (int)run->child_count);
    for (size_t i = 0; i < run->child_count; i++)
        if (tdm__str_equal(id, tdm_chronology_child_id(run->chronology, run->children[i].child))) {
            *position = i;
            return TDM_OK;
        }
    return tdm__fail(error, TDM_NOT_FOUND, "child: none of the %d children has this id",
                     (int)run->child_count);
}

tdm_status tdm__report_timeline(const tdm_run *run, const tdm__report_options *options, tdm_sink sink,
                                tdm_error *error)
{
    tdm__report_options chosen = tdm__report_options_of(options);
    tdm__output out;
    tdm__arena arena;
    size_t position;
    tdm_status status = find_child(&position, run, chosen.child, error);
    if (status != TDM_OK)
        return status;
    tdm__output_init(&out, &run->allocator, sink);
    tdm__arena_init(&arena, &run->allocator);
    status = draw_child(&out, run, position, &chosen, &arena);
    if (out.status == TDM_OK)
        out.status = status;
    tdm__arena_free(&arena);
    return tdm__output_end(&out, error);
}
