"""General kinds of charts, for any tidy table with the columns they ask for."""
