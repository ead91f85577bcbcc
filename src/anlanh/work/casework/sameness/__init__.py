"""Reports that a platform sends twice: the same user's same words about the same page are one report."""
