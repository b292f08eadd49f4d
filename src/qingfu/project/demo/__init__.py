"""Demo: a county that can be tried, lived through day by day; only when settings.DEMO."""
