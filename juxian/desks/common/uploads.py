"""What arrives is written over before it is unlinked: a file that is kept out leaves nothing."""

import os
from typing import IO, Any

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

BLANK = bytes(1 << 20)


class WipedUpload(TemporaryUploadedFile):
    """A large upload on disk while its request lasts."""

    def close(self) -> None:
        if self.file is not None and not self.file.closed:
            _wipe(self.file)
        super().close()


def _wipe(file: IO[Any]) -> None:
    file.seek(0)
    left = os.fstat(file.fileno()).st_size
    while left > 0:
        left -= file.write(BLANK[:left])
    file.flush()
    os.fsync(file.fileno())


class WipedUploads(TemporaryFileUploadHandler):
    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file.close()
        self.file = WipedUpload(
            self.file_name or "", self.content_type, 0, self.charset, self.content_type_extra
        )
