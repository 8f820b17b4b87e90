"""Files and folders that only their owner can read, whatever the umask of the process."""

import os
import stat
from pathlib import Path
from typing import IO

FOLDER_MODE, FILE_MODE = 0o700, 0o600


def make_private_folder(folder: Path) -> None:
    """Create a folder, and those above it that do not exist, for its owner only; an existing one stays."""
    if not folder.is_dir():
        make_private_folder(folder.parent)
        folder.mkdir(FOLDER_MODE, exist_ok=True)


def open_private(path: Path) -> IO[bytes]:
    """Open a file for writing, empty and for its owner only."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, FILE_MODE)
    os.fchmod(descriptor, FILE_MODE)
    return os.fdopen(descriptor, "w+b")


def close_to_others(path: Path) -> None:
    """Take the access of others from an own file or folder; no effect on shared folders such as /tmp."""
    state = path.stat()
    if state.st_uid == os.geteuid() and not state.st_mode & stat.S_ISVTX and state.st_mode & 0o077:
        path.chmod(state.st_mode & 0o700)
