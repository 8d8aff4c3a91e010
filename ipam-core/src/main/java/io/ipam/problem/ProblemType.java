package io.ipam.problem;

/** The kind of a {@link Problem}, for programs; the {@link Problem#rule() rule} is for people. */
public enum ProblemType {
    /** A value is missing. */
    REQUIRED,
    /** A value is present and violates a rule about values. */
    INVALID,
    /** The same value or key occurs twice. */
    DUPLICATE,
    /** A value is well formed, but not allowed here or now. */
    FORBIDDEN,
    /** A value is well formed, but refers to something that is not supported. */
    NOT_SUPPORTED,
    /** The text around the values is not in the expected notation, for example JSON. */
    MALFORMED
}
