"""The American lists of Communist Chinese military companies (section 1237), which ended on 3 June 2021."""
