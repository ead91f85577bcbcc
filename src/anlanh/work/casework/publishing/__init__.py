"""What an organisation shows to everybody: figures of each month, its decisions without anyone's data."""
