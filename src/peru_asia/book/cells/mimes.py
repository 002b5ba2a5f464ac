"""The kinds of what cells give the book, as the MIME types of their outputs."""

FIGURE = "application/vnd.peru-asia.figure+json"
FINDING = "application/vnd.peru-asia.finding+json"
NUMBER = "application/vnd.peru-asia.number+json"
TABLE = "application/vnd.peru-asia.table+json"
