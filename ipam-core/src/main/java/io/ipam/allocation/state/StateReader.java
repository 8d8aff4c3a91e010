package io.ipam.allocation.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a decision may read: what the owner of the footprint holds, wherever that is, and the pools of the footprint. */
public interface StateReader {
    /** {@return what the owner of the footprint holds, in no particular order} */
    List<OwnedRecord> owned();

    /**
     * {@return the pool, null when it is not in the footprint: the decision has to widen it}
     *
     * @param definition a definition of the pool, current or not
     */
    @Nullable
    LedgerReader ledger(Definition definition);

    /** {@return the catalog in force and its definitions} */
    Live live();

    /** {@return the footprint, to be widened} */
    Footprint footprint();

    /**
     * {@return the first of some tokens, in a row, that were never given before and are not given again} Those that end up
     * in no change are lost.
     *
     * @param count how many
     */
    long newGenerations(int count);
}
