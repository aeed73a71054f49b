"""Word, PDF and plain text, made from records and never from HTML."""
