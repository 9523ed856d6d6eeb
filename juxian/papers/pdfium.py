"""PDFium is not made for several threads: one at a time takes this lock in a web process."""

from threading import Lock

ONE_AT_A_TIME = Lock()
