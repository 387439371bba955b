"""Who somebody is: sessions, passwords, tries at a secret."""
