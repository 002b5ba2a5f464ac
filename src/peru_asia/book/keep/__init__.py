"""What is kept between builds, and how to tell whether it is still right."""
