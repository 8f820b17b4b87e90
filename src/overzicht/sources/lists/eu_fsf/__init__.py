"""The consolidated list of persons, groups and entities subject to EU financial sanctions (FSF 1.1)."""
