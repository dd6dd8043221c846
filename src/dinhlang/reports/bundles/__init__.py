"""All reports of a period of a unit and those below, as one ZIP archive: asked for on a page, made by the worker, removed after
some days. The command for a whole folder is `dinhlang report all` (`reports.period_files`)."""
