"""The drawing sheet that all figures share: palette, Chinese font, boxes of wrapped text, small PNG files."""

# mypy: disallow-untyped-calls=False
# (the library types only a part of itself)

import io
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Sheet
from matplotlib.patches import FancyBboxPatch
from PIL import Image

FONT = "Noto Sans CJK SC"
WIDTH = 720.0  # of every sheet, in points; also the units in which diagrams are laid out
DPI = 140  # 10 inches make 1400 pixels
INK, GREY, PALE, LINE = "#22303C", "#6B7A88", "#EEF3F8", "#C9D3DC"
BLUE, TEAL, ORANGE, RED, GREEN, VIOLET = "#1F5F99", "#2A9D8F", "#E08E2B", "#C8403A", "#5B9A4B", "#7A6AA8"
SERIES = (BLUE, ORANGE, TEAL, VIOLET, GREEN, RED)
_NO_LINE_START = "，。、；：？！）》】”’%,.;:)℃℃"

mpl.rcParams.update(
    {
        "font.family": [FONT, "DejaVu Sans"],  # the second brings CO₂ and the like
        "font.size": 13,
        "axes.unicode_minus": False,
        "axes.edgecolor": GREY,
        "axes.labelcolor": INK,
        "text.color": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "axes.axisbelow": True,
        "grid.color": "#DFE5EA",
        "grid.linewidth": 0.8,
    }
)


def chart_sheet(height: float = 5.4) -> tuple[Sheet, Axes]:
    """A sheet of `height` inches with one pair of axes."""
    sheet = Sheet(figsize=(10, height), dpi=DPI, layout="constrained", facecolor="white")
    sheet.set_layout_engine("constrained", w_pad=0.1, h_pad=0.1)
    axes = sheet.add_subplot()
    axes.grid(visible=True, axis="y")
    axes.spines[["top", "right"]].set_visible(False)
    return sheet, axes


def diagram_sheet(height: float) -> tuple[Sheet, Axes]:
    """A sheet of `height` points whose units are points, y downwards from 0."""
    sheet = Sheet(figsize=(10, height / 72), dpi=DPI, facecolor="white")
    axes = sheet.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    return sheet, axes


def png(sheet: Sheet) -> bytes:
    """The sheet as a PNG of few colours, which charts do not miss."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas = FigureCanvasAgg(sheet)
    canvas.draw()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    picture = picture.quantize(48, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True, dpi=(DPI, DPI))
    return file.getvalue()


def text_width(text: str, size: float) -> float:
    """About how wide `text` is at `size` points; generous, so that boxes never clip."""
    return sum(size * (1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.6) for sign in text)


def wrap(text: str, width: float, size: float) -> list[str]:
    """Break `text` into lines of at most `width` points, keeping Latin words and numbers whole."""
    lines = [""]
    for word in _words(str(text)):
        fits = text_width(lines[-1] + word, size) <= width
        if fits or not lines[-1] or word[0] in _NO_LINE_START:
            lines[-1] += word
        else:
            lines.append(word)
    return [line.strip() for line in lines]


def balanced(text: str, width: float, size: float) -> list[str]:
    """Like `wrap`, with lines of nearly the same length."""
    count = len(wrap(text, width, size))
    narrow = max(text_width(text, size) / count, size)
    while len(lines := wrap(text, narrow, size)) > count:
        narrow += size / 2
    return lines


def _words(text: str) -> list[str]:
    words: list[str] = []
    for sign in text:
        latin = sign.isascii() and not sign.isspace() and sign not in "/()"
        if words and latin and words[-1][-1].isascii() and words[-1][-1] not in " /()":
            words[-1] += sign
        else:
            words.append(sign)
    return words


def box(
    axes: Axes,
    centre: tuple[float, float],
    size: tuple[float, float],
    lines: Sequence[str],
    *,
    fill: str = "white",
    edge: str = BLUE,
    ink: str = INK,
    font: float = 13,
    bold: bool = False,
    round_: float = 4,
    **style: Any,
) -> None:
    """A rounded box with lines of text in its middle."""
    (x, y), (width, height) = centre, size
    shape = f"round,pad=0,rounding_size={min(round_, height / 2)}"
    axes.add_patch(
        FancyBboxPatch(
            (x - width / 2, y - height / 2),
            width,
            height,
            boxstyle=shape,
            facecolor=fill,
            edgecolor=edge,
            linewidth=1.3,
            zorder=3,
            **style,
        )
    )
    write(axes, centre, lines, font=font, ink=ink, bold=bold)


def write(
    axes: Axes,
    at: tuple[float, float],
    lines: Sequence[str],
    *,
    font: float = 13,
    ink: str = INK,
    bold: bool = False,
    ha: str = "center",
    **style: Any,
) -> None:
    """Lines of text, centred at a point."""
    axes.text(
        *at,
        "\n".join(lines),
        ha=ha,
        va=style.pop("va", "center_baseline" if len(lines) == 1 else "center"),
        fontsize=font,
        color=ink,
        fontweight="bold" if bold else "normal",
        linespacing=1.25,
        zorder=5,
        **style,
    )


def arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], **style: Any) -> None:
    """A straight arrow, or a bent one with `connectionstyle`."""
    look = {"arrowstyle": "-|>", "color": GREY, "linewidth": 1.4, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 12}
    axes.annotate("", xy=end, xytext=start, arrowprops=look | style, zorder=2)


def line(axes: Axes, *points: tuple[float, float], color: str = GREY, width: float = 1.4, **style: Any) -> None:
    """A line through the points."""
    axes.plot([x for x, _ in points], [y for _, y in points], color=color, linewidth=width, zorder=2, **style)


def number(value: float) -> str:
    """A number as people write it: no needless decimals."""
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def with_note(sheet: Sheet, data: Mapping[str, Any]) -> Sheet:
    """The sheet with its note, if it has one, in small letters at its foot."""
    if note := data.get("note"):
        sheet.supxlabel("\n".join(wrap(f"注：{note}", 690, 11)), x=0.01, ha="left", fontsize=11, color=GREY)
    return sheet
