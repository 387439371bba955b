"""Alerts: what is wrong with an app is told to people, by mail and to an address of their own."""
