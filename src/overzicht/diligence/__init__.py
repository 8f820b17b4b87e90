"""Due diligence and legal assessment of a described use: rules, findings, working files."""
