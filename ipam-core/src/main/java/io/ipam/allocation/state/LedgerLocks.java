package io.ipam.allocation.state;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The locks of many ledgers, taken by ascending number. Use in try-with-resources. Thread safety: belongs to one thread. */
final class LedgerLocks implements AutoCloseable {
    private final List<Ledger> ledgers;

    private LedgerLocks(List<Ledger> ledgers) {
        this.ledgers = ledgers;
    }

    /** Locks each of the ledgers once. */
    static LedgerLocks of(Collection<Ledger> ledgers) {
        List<Ledger> ascending = ledgers.stream()
                .distinct()
                .sorted(Comparator.comparingLong(Ledger::number))
                .toList();
        ascending.forEach(Ledger::lock);
        return new LedgerLocks(ascending);
    }

    List<Ledger> ledgers() {
        return ledgers;
    }

    @Override
    public void close() {
        ledgers.forEach(Ledger::unlock);
    }
}
