#!/usr/bin/env python
"""The `juxian` command, in a checkout."""

from juxian.site.cli import main

if __name__ == "__main__":
    main()
