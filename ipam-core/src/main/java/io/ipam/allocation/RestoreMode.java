package io.ipam.allocation;

/** What to do with bad records when a state is restored. Either way each of them is reported. */
public enum RestoreMode {
    /** One bad record and nothing is restored. */
    REFUSE,
    /** Bad records are set aside, the rest is restored. */
    QUARANTINE
}
