"""Answers of devices to discovery and information requests: ONVIF, Hikvision ISAPI, Dahua DHIP."""
