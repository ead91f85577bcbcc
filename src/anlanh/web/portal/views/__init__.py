"""What answers each address of the portal."""
