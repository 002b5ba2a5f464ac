"""What runs when, and nothing else: checks, execution, the build and its commands."""
