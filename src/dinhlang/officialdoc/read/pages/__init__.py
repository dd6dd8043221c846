"""PDF files and scans, page by page: words and drawn lines with their places.

This runs in a process of its own (`worker`), started and watched by `apart`, since the files come from anywhere and
the libraries that open them are written in C. `pdf` takes words and lines out of a text layer, `scan` and `ocr`
recognise them in an image. What comes out are plain `Page` values, which `officialdoc.read.layout` turns into text.
"""
