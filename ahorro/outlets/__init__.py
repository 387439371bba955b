"""What leaves the shop because of something that happened."""
