"""What gets printed.

Papers are official documents: their own words are Chinese whatever the language of the page
that asked for them, so they are not translated; refusals are.
"""
