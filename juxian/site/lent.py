"""The account that root lends to a program that refuses to run as root."""

import os
import pwd
import subprocess
from pathlib import Path

ACCOUNT = "juxian-postgres"


def owner() -> pwd.struct_passwd:
    """Who runs the program: this user, or for root the lent account, made at first use."""
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid())
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        new = ["useradd", "--system", "--no-create-home", "--user-group", ACCOUNT]
        subprocess.run(new, check=False)
        return pwd.getpwnam(ACCOUNT)


def hand_over(folder: Path) -> None:
    """Give the folder, still empty and closed to others, to whoever runs the program."""
    folder.mkdir(mode=0o700)
    os.chown(folder, owner().pw_uid, owner().pw_gid)


def open_the_way(*, to: Path, through: Path) -> None:
    """Let the lent account read all under `to`, and pass (not list) the folders above both."""
    if owner().pw_uid == os.getuid():
        return
    for folder in {*to.parents, *through.parents}:
        _allow(folder, 0o001)
    for path in [to, *to.rglob("*")]:
        _allow(path, 0o005 if path.is_dir() or path.stat().st_mode & 0o100 else 0o004)


def run(*command: str | Path, check: bool = False) -> None:
    """Run a program as its owner; it says what went wrong only where that ends the matter."""
    lent = owner() if os.getuid() == 0 else None
    subprocess.run(
        command,
        check=check,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=None if check else subprocess.DEVNULL,
        env={"LC_ALL": "C.UTF-8", "PATH": os.defpath},
        user=lent and lent.pw_uid,
        group=lent and lent.pw_gid,
        extra_groups=None if lent is None else [],
    )


def _allow(path: Path, bits: int) -> None:
    mode = path.stat().st_mode
    if mode & bits != bits:
        path.chmod(mode | bits)
