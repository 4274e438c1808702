"""Which errors of the local engine mean 'try again' although the driver does not."""

from __future__ import annotations

# Measured over Bolt with 16 threads in managed transactions. Conflicts of versions, lost locks and
# deadlocks arrive as Neo.TransientError.Transaction.DeadlockDetected, which the driver retries.
# Two races do not, and Neo4j has neither:
# - Two MERGE of one key under a uniqueness constraint, or two changes of one node's labels: the
#   loser is told that the key exists (307 of 4,800), where Neo4j would have waited.
# - Two first uses of a combination of labels: the loser is told that the type exists already, under
#   the code of a statement without sense.
TRANSIENT_CODES = frozenset(
    {
        "Neo.ClientError.Schema.ConstraintValidationFailed",
        "Neo.ClientError.Statement.SemanticError",
    }
)


def is_transient(error: BaseException) -> bool:
    """Whether the same transaction may well succeed when it is run again from its start.

    A key that truly exists, and a statement truly without sense, look the same, for the engine
    hides the texts of its errors: run the transaction again a few times only, then believe it.
    """
    retryable = getattr(error, "is_retryable", None)
    if callable(retryable) and retryable():
        return True
    return getattr(error, "code", None) in TRANSIENT_CODES
