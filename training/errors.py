"""What can go wrong in training beside unreadable photos; each message is a sentence for people."""


class TrainingError(Exception):
    """A verb could not do its work."""


class ExportRefusedError(TrainingError):
    """The exported network is not what was trained; nothing was put in place."""


class TableError(TrainingError):
    """A table of photos or labels is not what it must be."""
