"""Figures of a slide deck: pictures, and simple columns as native charts."""

# mypy: disallow-untyped-calls=False
# (the library types only a part of itself)

import io

from PIL import Image
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.text import PP_ALIGN
from pptx.slide import Slide as Page
from pptx.util import Inches, Pt

from demo.figure_data import Figure
from demo.figures import draw

_LEFT, _WIDTH = 0.9, 11.5


def add_figure(page: Page, figure: Figure, top: float, bottom: float, *, native: bool) -> None:
    """The figure as large as fits, its caption below."""
    if native and figure.kind == "bar" and "data" in figure.data and "line" not in figure.data:
        _add_chart(page, figure, top, bottom)
    else:
        _add_picture(page, draw(figure), top, bottom)
    box = page.shapes.add_textbox(Inches(_LEFT), Inches(bottom + 0.05), Inches(_WIDTH), Inches(0.4))
    paragraph = box.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.CENTER
    run = paragraph.add_run()
    run.text, run.font.size = figure.caption, Pt(14)


def _add_picture(page: Page, picture: bytes, top: float, bottom: float) -> None:
    width, height = Image.open(io.BytesIO(picture)).size
    scale = min(_WIDTH / width, (bottom - top) / height)
    left = _LEFT + (_WIDTH - width * scale) / 2
    page.shapes.add_picture(io.BytesIO(picture), Inches(left), Inches(top), Inches(width * scale))


def _add_chart(page: Page, figure: Figure, top: float, bottom: float) -> None:
    data = CategoryChartData()
    data.categories = [str(label) for label in figure.data["data"]]
    data.add_series(str(figure.data.get("unit", "数值")), list(figure.data["data"].values()))
    area = (Inches(2), Inches(top), Inches(9.3), Inches(bottom - top))
    chart = page.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *area, data).chart  # type: ignore[attr-defined, arg-type]
    chart.has_legend = False
    chart.has_title = False
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 90, True
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    plot.series[0].format.fill.solid()
    plot.series[0].format.fill.fore_color.rgb = RGBColor(0x1F, 0x5F, 0x99)
