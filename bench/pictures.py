"""The photograph and the small scan that every synthetic applicant gives."""

from io import BytesIO

from PIL import Image


def photograph() -> bytes:
    content = BytesIO()
    Image.new("RGB", (420, 590), (150, 190, 220)).save(content, "JPEG", quality=60)
    return content.getvalue()


def small_scan() -> bytes:
    content = BytesIO()
    Image.new("L", (120, 170), 220).save(content, "PNG")
    return content.getvalue()
