"""How people read it: times, money, numbers and text, each written in one way. Standard library only."""
