"""Charts of one subject of the book, whose names, colours or sums are known beforehand."""
