"""What leaves Ticketera because of something that happened: pushes to browsers, reports to the shop."""
