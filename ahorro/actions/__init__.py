"""One function per act of the shop. Each takes the Work first, raises domain errors, and knows no HTTP."""
