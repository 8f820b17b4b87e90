"""American bans on buying from or authorising named makers: FCC Covered List and defence acts."""
