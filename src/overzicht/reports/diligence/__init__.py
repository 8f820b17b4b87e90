"""The yearly report of due diligence as a page, in Dutch and English, and as JSON; reads no database."""
