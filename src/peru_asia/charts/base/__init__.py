"""What every chart draws with: the look, colours, text that fits, parts, and checks of input."""
