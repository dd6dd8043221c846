"""How days, hours and numbers are written and read on pages, by language (Django's FORMAT_MODULE_PATH)."""
