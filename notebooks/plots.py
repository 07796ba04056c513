"""The look of the notebooks: one theme and one palette that colour-blind readers can tell apart (Okabe and Ito), plots as
static PNG so that any viewer shows them, tables of twelve rows, and evidence: a sentence in which the words of a row are marked."""

import html
import re

import altair as alt
import polars as pl

BLUE, SKY, GREEN, ORANGE, RED, PINK, GREY = "#0072B2", "#56B4E9", "#009E73", "#E69F00", "#D55E00", "#CC79A7", "#999999"

# The four quad classes of event data, by the number in `events.quad_class`.
QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
QUAD_SCALE = alt.Scale(domain=list(QUADS.values()), range=[SKY, BLUE, ORANGE, RED])

# From conflict (red) over neutral to cooperation (blue): the range of PLOVER and Goldstein scores.
SCORE_SCALE = alt.Scale(domain=[-10, 0, 10], range=[RED, "#F2F2F2", BLUE])


@alt.theme.register("broadsheet", enable=True)
def theme() -> alt.theme.ThemeConfig:
    """Left-aligned titles, light grid, no frame."""
    return {
        "config": {
            "background": "white",
            "view": {"stroke": None},
            "title": {"anchor": "start", "fontSize": 15, "subtitleColor": "#666666", "subtitlePadding": 4, "offset": 12},
            "axis": {"gridColor": "#EEEEEE", "domainColor": "#BBBBBB", "tickColor": "#BBBBBB", "labelLimit": 320},
            "legend": {"orient": "top", "title": None, "labelLimit": 300},
            "header": {"labelFontSize": 12, "labelFontWeight": "bold", "title": None, "labelAnchor": "start"},
        }
    }


alt.renderers.enable("png", scale_factor=1.5)
pl.Config.set_tbl_rows(12)
pl.Config.set_fmt_str_lengths(60)
pl.Config.set_tbl_width_chars(160)


def title(finding: str, source: str) -> alt.TitleParams:
    """A title that says what is seen, with the source below it."""
    return alt.TitleParams(finding, subtitle=source)


def short(column: str, length: int) -> pl.Expr:
    """The text of a column for a label, cut at `length` characters with an ellipsis."""
    text = pl.col(column)
    return pl.when(text.str.len_chars() > length).then(text.str.slice(0, length - 1).str.strip_chars_end() + "…").otherwise(text)


class Evidence:
    """Lines of a heading and a sentence with a span marked: HTML in a notebook, `>>words<<` in plain text."""

    def __init__(self, lines: list[tuple[str, str, int, int]]):
        """`lines`: heading, sentence, start and end of the words in the sentence, in code points."""
        self.lines = lines

    def _repr_html_(self) -> str:
        items = []
        for head, sentence, start, end in self.lines:
            before, words, after = (html.escape(part) for part in (sentence[:start], sentence[start:end], sentence[end:]))
            items.append(f"<p><b>{html.escape(head)}</b><br>{before}<mark>{words}</mark>{after}</p>")
        return "\n".join(items)

    def __repr__(self) -> str:
        return "\n\n".join(f"{head}\n    {s[:start]}>>{s[start:end]}<<{s[end:]}" for head, s, start, end in self.lines)


def sentence_around(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The sentence that holds `start` to `end`, and both offsets counted in it. For tables without sentence offsets."""
    stops = [m.end() for m in re.finditer(r"[.!?]['\"”’]?\s+(?=[A-Z“\"'])|\n+", text)]
    begin = max((s for s in stops if s <= start), default=0)
    stop = min((s for s in stops if s >= end), default=len(text))
    sentence = text[begin:stop].rstrip()
    return sentence, start - begin, end - begin
