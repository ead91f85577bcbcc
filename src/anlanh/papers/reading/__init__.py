"""From the text of an official document to its header, its legal citations and the tasks it lays on each actor."""
