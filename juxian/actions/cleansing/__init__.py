"""Cleansing: what was given is taken apart and made anew, in a process of its own.

`apart` asks for it; the other modules run in that process and know neither Django nor a database.
"""
