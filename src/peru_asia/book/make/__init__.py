"""What runs when, and nothing else: fingerprints, execution, the build and its commands."""
