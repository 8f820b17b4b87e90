"""Tables: delimited text, workbooks, and JSON lists of flat records."""
