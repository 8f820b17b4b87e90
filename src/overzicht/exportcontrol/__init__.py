"""Export control: the control list, classification, licences, denials, and the entity-list way."""
