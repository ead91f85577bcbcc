"""How people arrange the lists of cases: addresses saved under a name, columns, the page one begins on."""
