"""What leaves the shop as JSON, for its own pages and programs and for Ticketera: one noun a file."""
