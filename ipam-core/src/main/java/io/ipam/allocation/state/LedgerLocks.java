package io.ipam.allocation.state;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The locks of many ledgers, taken by ascending number. Use in try-with-resources. Thread safety: belongs to one thread, but for {@link
 * #NONE}.
 */
final class LedgerLocks implements AutoCloseable {
    /** No locks: a ledger is locked while it is read. */
    static final LedgerLocks NONE = new LedgerLocks(List.of());

    private static final Comparator<Ledger> BY_NUMBER = Comparator.comparingLong(Ledger::number);

    private final List<Ledger> ledgers;

    private LedgerLocks(List<Ledger> ledgers) {
        this.ledgers = ledgers;
    }

    /** Locks each of the ledgers once. */
    static LedgerLocks of(Collection<Ledger> ledgers) {
        List<Ledger> ascending = ledgers.stream().distinct().sorted(BY_NUMBER).toList();
        ascending.forEach(Ledger::lock);
        return new LedgerLocks(ascending);
    }

    List<Ledger> ledgers() {
        return ledgers;
    }

    /**
     * What a reader says of a ledger that is locked: one of these, or any under {@link #NONE}. A further one would be locked out of
     * order, and is refused with IllegalStateException. Cost: that of the reader, O(log n) more.
     */
    <R> R read(Ledger ledger, Function<Ledger, R> reader) {
        if (this != NONE) {
            if (Collections.binarySearch(ledgers, ledger, BY_NUMBER) < 0) {
                throw new IllegalStateException(ledger + " is to be read and not among those that are locked");
            }
            return reader.apply(ledger);
        }
        ledger.lock();
        try {
            return reader.apply(ledger);
        } finally {
            ledger.unlock();
        }
    }

    @Override
    public void close() {
        ledgers.forEach(Ledger::unlock);
    }
}
