"""The supervisor's desk (监督端): reads all, changes nothing."""
