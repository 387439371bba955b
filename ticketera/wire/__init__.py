"""What board, phone and shop get: nouns of the domain as JSON, one noun a file."""
