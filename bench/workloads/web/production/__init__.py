"""What a service in production has around its handlers: an access log, metrics, tokens that are checked, and a trace."""
