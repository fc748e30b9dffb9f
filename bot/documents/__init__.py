"""Values → documents: Markdown, HTML, CSV, plots. Pure, beside blocks."""
