"""Documents and files: gapless numbers, PDF from Typst, a public check page, a content-addressed store."""
