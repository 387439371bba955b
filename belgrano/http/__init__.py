"""What both apps do with a request, beside answering it."""
