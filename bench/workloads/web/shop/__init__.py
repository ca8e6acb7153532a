"""A shop: ten resources with five requests each, an ORM, and settings; what a service has when it is started as a function."""
