"""Store: all stored data, in one database and one folder of snapshots."""
