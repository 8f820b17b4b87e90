"""The lists of the American Treasury's Office of Foreign Assets Control: SDN and consolidated non-SDN."""
