"""Mail: an edition as a message, and its way to each recipient."""
