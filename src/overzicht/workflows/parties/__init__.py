"""Parties of the lists as other tools know them: FollowTheMoney entities, in data sets, on a given date.

An entity is one record of one list. Records of several lists are never merged: `referents` names the records
that are known to be the same party.
"""
