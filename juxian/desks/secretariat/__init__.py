"""The secretariat's desk (管理端): cycles, seats, panels, ballots, the list, what goes up."""
