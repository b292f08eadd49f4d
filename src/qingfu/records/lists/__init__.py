"""Lists: white lists, pools, rosters."""
