"""A process that parses strangers' files leaves the network first: Linux gives it one of its own, with nothing in it."""

from __future__ import annotations

import contextlib
import ctypes
import os
from pathlib import Path

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
try:
    _LIBC: ctypes.CDLL | None = ctypes.CDLL(None, use_errno=True)
except OSError:
    _LIBC = None


def leave_the_network() -> bool:
    """From here on this process and all that it starts can reach no address, not even this machine's own.

    Call it before the process has threads. False where the kernel does not allow it (an old or hardened kernel, a
    container that forbids namespaces, another system than Linux): then only the check inside Python holds.
    """
    if _LIBC is None or not hasattr(_LIBC, "unshare"):
        return False
    user, group = os.getuid(), os.getgid()
    if _LIBC.unshare(_CLONE_NEWNET) == 0:
        return True
    if _LIBC.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return False
    # The same user inside as outside, so that files keep their owners; without it everything still works.
    for file, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with contextlib.suppress(OSError):
            Path("/proc/self", file).write_text(line)
    return True
