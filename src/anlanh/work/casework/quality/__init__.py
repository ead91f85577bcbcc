"""Second looks: a drawn part of the decisions is judged again by somebody who does not know the first outcome."""
