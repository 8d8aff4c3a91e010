package io.ipam.engine.replica;

/** A bug in the parts of a process. */
public enum PlantedFault {
    NONE,
    ANSWERS_EARLY,
    DOES_NOT_CONFIRM,
    RECOGNISES_LATE,
    APPLIES_TWICE,
    SKIPS_A_COMMIT,
    REUSES_RELEASED,
    KEEPS_MARKS,
    COUNTS_GENERATIONS_ITSELF
}
