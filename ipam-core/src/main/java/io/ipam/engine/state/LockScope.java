package io.ipam.engine.state;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Some ledgers of one catalog in the order of their numbers, in which they are locked. Each occurs
 * once.
 *
 * <p>Thread safety: immutable. {@link #lock} and {@link #unlock} are called by one thread.
 */
public final class LockScope {
    private static final Comparator<Ledger> BY_NUMBER = Comparator.comparingInt(Ledger::number);

    /** A scope without ledgers. */
    static final LockScope NONE = new LockScope(new Ledger[0]);

    private final Ledger[] ledgers;

    private LockScope(Ledger[] ledgers) {
        this.ledgers = ledgers;
    }

    /** A scope of some ledgers, in any order. */
    public static LockScope of(Collection<Ledger> ledgers) {
        Ledger[] sorted = ledgers.toArray(new Ledger[0]);
        Arrays.sort(sorted, BY_NUMBER);
        int size = 0;
        for (Ledger ledger : sorted) {
            if (size == 0 || sorted[size - 1] != ledger) {
                sorted[size++] = ledger;
            }
        }
        return new LockScope(Arrays.copyOf(sorted, size));
    }

    /** A scope of the ledgers of some numbers; a number without a ledger adds none. */
    static LockScope of(ActiveCatalog catalog, LedgerNumbers numbers) {
        Ledger[] ledgers = new Ledger[numbers.size()];
        int size = 0;
        for (int i = 0; i < ledgers.length; i++) {
            Ledger ledger = catalog.ledgerOrNull(numbers.get(i));
            if (ledger != null) {
                ledgers[size++] = ledger;
            }
        }
        return new LockScope(size == ledgers.length ? ledgers : Arrays.copyOf(ledgers, size));
    }

    int size() {
        return ledgers.length;
    }

    /** The ledger of a number, null if the scope lacks it. */
    @Nullable
    Ledger get(int number) {
        int from = 0;
        int to = ledgers.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            Ledger there = ledgers[middle];
            if (there.number() == number) {
                return there;
            }
            if (there.number() < number) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return null;
    }

    /** Locks the ledgers. */
    public void lock() {
        for (Ledger ledger : ledgers) {
            ledger.lock();
        }
    }

    /** Unlocks the ledgers. */
    public void unlock() {
        for (Ledger ledger : ledgers) {
            ledger.unlock();
        }
    }

    /** Frees the addresses that have cooled down by a time. */
    public void advance(long nowMillis) {
        for (Ledger ledger : ledgers) {
            ledger.advance(nowMillis);
        }
    }

    @Override
    public String toString() {
        return Arrays.toString(ledgers);
    }
}
