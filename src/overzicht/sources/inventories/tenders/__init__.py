"""Procurement notices: OCDS, TED XML and eForms, read into what they name of makers and models.

    readers.NOTICE_READERS              the readers, registered with the other inventories
    readers.read_notices(path)          the notices themselves, with what each names

A name counts only where surveillance is bought; a chamber of commerce is not a camera (`naming`).
"""
