"""A filled installation to look around in: visitors step into a persona of the stories."""
