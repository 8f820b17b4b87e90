"""The same index and scorer on Apache Spark, for batches that one machine does not finish in time."""
