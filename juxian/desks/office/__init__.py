"""The verifying offices' desk (审核端): employers, counties, nominating units, the region."""
