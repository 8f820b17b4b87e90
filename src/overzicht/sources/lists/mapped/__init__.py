"""Lists read by a declared mapping: the language, the files that it reads, and the parties that it gives."""
