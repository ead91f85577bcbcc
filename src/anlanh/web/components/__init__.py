"""Small pieces of page that every face uses in the same shape: `{% load ui %}`."""
