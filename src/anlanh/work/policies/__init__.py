"""What an organisation publishes as its own rules: drafted, published in numbered versions, cited by decisions."""
