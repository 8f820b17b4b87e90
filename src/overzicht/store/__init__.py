"""Store: everything that is kept, in one database and one folder of snapshots."""
