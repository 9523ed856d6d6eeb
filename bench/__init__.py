"""How fast a site is: the clerk's and the applicant's clicks, timed beside what limits them."""
