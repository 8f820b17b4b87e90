"""Network scans by nmap, as XML or as the text it prints."""
