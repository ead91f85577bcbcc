"""An organisation's lists of what screening looks for: phrases and host names, each with the ground it rests on."""
