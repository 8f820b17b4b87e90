"""Texts of switches, routers and controllers, read by the templates of the library `ntc-templates`."""
