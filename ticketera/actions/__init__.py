"""The acts of Ticketera, one function each: it takes the Work first, and knows no HTTP and no socket."""
