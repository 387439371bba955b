"""What Ticketera talks about, pure: tickets, acts, who hears what. Standard library only; nothing here waits."""
