"""What a chapter's cell calls: facts, figures, tables, findings."""
