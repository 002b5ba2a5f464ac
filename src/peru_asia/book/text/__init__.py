"""Chapters as texts: what they are made of, what an edition has of them, checks of their prose."""
