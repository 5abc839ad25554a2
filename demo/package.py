"""Makes office packages reproducible: the same content gives the same bytes."""

import io
import re
import zipfile
from datetime import date

_ENTRY_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can hold


def reproducible(package: bytes, day: date) -> bytes:
    """Write the package again with fixed times, also inside the workbooks of charts."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for name in old.namelist():
            new.writestr(_entry(name), _content(name, old.read(name), day))
    return file.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ENTRY_TIME)
    entry.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    entry.create_system = 0  # otherwise it tells which system wrote it
    return entry


def _content(name: str, content: bytes, day: date) -> bytes:
    if name.endswith(".xlsx"):
        return reproducible(content, day)
    if name == "docProps/core.xml":
        stamp = f">{day.isoformat()}T08:00:00Z</dcterms:".encode()
        return re.sub(rb">[^<]*</dcterms:", stamp, content)
    return content
