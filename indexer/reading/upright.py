"""Turns the picture of a page the right way: laid in sideways, upside down, crooked, or photographed from the side.

The recogniser reads lines in any direction, but reading order and ruled lines need an upright page. Where the lines of
writing run tells all of it, so a small copy is searched for lines first. Runs in the child, with OpenCV of the extra.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_SEARCHED = 1_000  # pixels of the longer side of the copy that is searched for lines: a fifth of the time of the whole
_LONG = 4.0  # a box this much longer than high is a line of writing; shorter ones do not tell a direction
_SIDEWAYS = 0.6  # share of the writing that must run up or down the page
_LEAST_ANGLE, _MOST_ANGLE = 0.3, 20.0  # degrees; less does no harm, more is not a page laid in carelessly
_ASKED = 15  # lines that are asked whether they stand on their head
_SURE = 0.9
_PAPER = (0.3, 0.93)  # share of a photograph that its sheet of paper covers; more is a scan
_COARSE = 4  # the light on a page is looked at on a copy so many times smaller
_WHITE = 210  # grey value of paper that needs no more light
_BLACK = 90  # grey value of what is no paper but a dark picture


def upright(reader: Any, image: Any) -> Any:
    """The same page as a person would hold it; `image` is in colour, `reader` is RapidOCR."""
    image = _flattened(image)
    boxes = _lines(reader, image)
    if not len(boxes):
        return image
    if _run_sideways(boxes):
        image, boxes = _turned_left(image, boxes)
    image, boxes = _straightened(image, boxes)
    return image[::-1, ::-1].copy() if _on_its_head(reader, image, boxes) else image


def evenly_lit(image: Any) -> Any:
    """The page in grey, shadows and grey paper taken out, so that one threshold parts ink from paper."""
    cv2, numpy = import_module("cv2"), import_module("numpy")
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, None, fx=1 / _COARSE, fy=1 / _COARSE, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, numpy.ones((9, 9), numpy.uint8)), 31)
    if numpy.percentile(paper, 10) > _WHITE:
        return grey
    ground = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(grey, numpy.maximum(ground, _BLACK), scale=255)


def _lines(reader: Any, image: Any) -> Any:
    """The corners of all lines of writing, clockwise from the top left, in pixels of `image`."""
    cv2, numpy = import_module("cv2"), import_module("numpy")
    shrunk = min(_SEARCHED / max(image.shape[:2]), 1.0)
    small = cv2.resize(image, None, fx=shrunk, fy=shrunk, interpolation=cv2.INTER_AREA)
    found = reader(small, use_det=True, use_cls=False, use_rec=False).boxes
    boxes = numpy.array(found if found is not None else [], dtype=numpy.float32).reshape(-1, 4, 2) / shrunk
    across, down = _sides(boxes)
    return boxes[numpy.maximum(across, down) > _LONG * numpy.minimum(across, down)]


def _sides(boxes: Any) -> tuple[Any, Any]:
    norm = import_module("numpy").linalg.norm
    return norm(boxes[:, 1] - boxes[:, 0], axis=1), norm(boxes[:, 3] - boxes[:, 0], axis=1)


def _run_sideways(boxes: Any) -> bool:
    across, down = _sides(boxes)
    return bool(down[down > across].sum() > _SIDEWAYS * (across[across > down].sum() + down[down > across].sum()))


def _turned_left(image: Any, boxes: Any) -> tuple[Any, Any]:
    numpy = import_module("numpy")
    width = image.shape[1]
    turned = numpy.stack([boxes[:, :, 1], width - boxes[:, :, 0]], axis=2)
    return numpy.rot90(image).copy(), numpy.roll(turned, -1, axis=1)  # what was the top right corner is the top left


def _straightened(image: Any, boxes: Any) -> tuple[Any, Any]:
    """Turned by the angle that most lines have."""
    cv2, numpy = import_module("cv2"), import_module("numpy")
    across, down = _sides(boxes)
    edges = (boxes[:, 1] - boxes[:, 0])[across > down]
    if not len(edges):
        return image, boxes
    angle = float(numpy.median(numpy.degrees(numpy.arctan2(edges[:, 1], edges[:, 0]))))
    if not _LEAST_ANGLE < abs(angle) < _MOST_ANGLE:
        return image, boxes
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    straight = cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    return straight, cv2.transform(boxes, turn)


def _on_its_head(reader: Any, image: Any, boxes: Any) -> bool:
    """Do most of the longest lines stand on their head? Their beginnings are enough to tell."""
    across, _ = _sides(boxes)
    votes = 0
    asked = 0
    for box in boxes[across.argsort()[::-1][:_ASKED]]:
        left, top = (max(int(value), 0) for value in box.min(axis=0))
        right, bottom = (int(value) for value in box.max(axis=0))
        line = image[top:bottom, left : min(right, left + 4 * (bottom - top))]
        if min(line.shape[:2]) < 8:
            continue
        label, sure = reader(line, use_det=False, use_cls=True, use_rec=False).cls_res[0]
        if sure >= _SURE:
            asked += 1
            votes += label == "180"
    return votes * 2 > asked


def _flattened(image: Any) -> Any:
    """A sheet of paper on a darker ground, cut out and seen from above; any other picture as it is."""
    cv2, numpy = import_module("cv2"), import_module("numpy")
    shrunk = min(_SEARCHED / max(image.shape[:2]), 1.0)
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    small = cv2.GaussianBlur(cv2.resize(grey, None, fx=shrunk, fy=shrunk, interpolation=cv2.INTER_AREA), (5, 5), 0)
    light = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1]
    light = cv2.morphologyEx(light, cv2.MORPH_CLOSE, numpy.ones((25, 25), numpy.uint8))  # over the writing
    sheets = cv2.findContours(light, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]
    sheet = max(sheets, key=cv2.contourArea, default=None)
    if sheet is None or not _PAPER[0] < cv2.contourArea(sheet) / small.size < _PAPER[1]:
        return image
    corners = cv2.approxPolyDP(cv2.convexHull(sheet), 0.03 * cv2.arcLength(sheet, True), True).reshape(-1, 2)
    if len(corners) != 4:
        return image
    corners = _clockwise(corners.astype(numpy.float32) / shrunk)
    top, right, bottom, left = (float(numpy.linalg.norm(corners[n] - corners[(n + 1) % 4])) for n in range(4))
    width, height = int(max(top, bottom)), int(max(left, right))
    target = numpy.array([(0, 0), (width, 0), (width, height), (0, height)], numpy.float32)
    seen = cv2.getPerspectiveTransform(corners, target)
    return cv2.warpPerspective(image, seen, (width, height), flags=cv2.INTER_CUBIC)


def _clockwise(corners: Any) -> Any:
    """Four corners from the top left on."""
    numpy = import_module("numpy")
    middle = corners.mean(axis=0)
    angles = numpy.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    return corners[angles.argsort()]  # the y axis points down, so growing angles go clockwise from the left
