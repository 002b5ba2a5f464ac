"""The PDF: each chapter's doctree in the markup of Typst, joined to a book and set."""
