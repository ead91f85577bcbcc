"""What people state of a duty that they meet outside the program, with their evidence."""
