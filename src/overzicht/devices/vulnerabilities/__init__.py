"""Known vulnerabilities of devices: affected products, firmware versions, and the grade of a match."""
