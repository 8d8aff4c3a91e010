package io.ipam.engine.decision;

/**
 * One change that a decision requests. The engine applies all changes of a decision, releases
 * first, or none.
 */
public sealed interface Change {
    /** {@return the record as it was before a release, and as it will be after any other change} */
    HeldRecord record();

    /**
     * An address that is free, cooling, or released by the same decision becomes held.
     *
     * @param record the next record
     */
    record Grant(HeldRecord record) implements Change {}

    /**
     * A held address gets another uid, interface, or generation.
     *
     * @param before the present record
     * @param record the next record
     */
    record Renewal(HeldRecord before, HeldRecord record) implements Change {}

    /**
     * A held address becomes free or cooling.
     *
     * @param record the present record
     */
    record Release(HeldRecord record) implements Change {}
}
