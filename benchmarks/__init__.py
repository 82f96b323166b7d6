"""How fast the model is, and against what. `make bench` measures anew and prints the committed figures beside it."""
