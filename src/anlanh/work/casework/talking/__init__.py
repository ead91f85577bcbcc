"""Talk in a case: the reporter and the person affected write, the staff answer and ask; each has a thread."""
