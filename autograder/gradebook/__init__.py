"""From results to the gradebook, the feedback pages and the report. One writer owns the database."""
