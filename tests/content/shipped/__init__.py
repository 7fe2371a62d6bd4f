"""What is asked of the courses that come with the platform, one kind of question to a module."""
