"""Where `tests/interop/install` puts npm packages."""

import os
from pathlib import Path


def folder():
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    named = os.environ.get("INTEROP_CACHE") or Path(cache) / "restore-packets-interop"
    return Path(named) / "node_modules"
