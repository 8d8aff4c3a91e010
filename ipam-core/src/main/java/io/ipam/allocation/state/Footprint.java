package io.ipam.allocation.state;

import io.ipam.allocation.Owner;
import java.util.Arrays;

/**
 * What a transaction may look at: what one owner holds, and some pools. Pools are kept by ascending ledger number, which is the
 * order in which they are locked.
 *
 * <p>Thread safety: immutable.
 */
public final class Footprint {
    private static final Ledger[] NO_LEDGERS = {};

    private final Owner owner;
    /** Of the identity of the owner. */
    private final int hash;

    private final Ledger[] ledgers;

    private Footprint(Owner owner, int hash, Ledger[] ledgers) {
        this.owner = owner;
        this.hash = hash;
        this.ledgers = ledgers;
    }

    /**
     * {@return what the owner holds, and no pool}
     *
     * @param owner the owner
     */
    public static Footprint of(Owner owner) {
        return new Footprint(owner, Hash.ofIdentity(owner), NO_LEDGERS);
    }

    /** What the owner holds, and some pools in any order: the first {@code count} of an array, which is the footprint's from now on. */
    static Footprint of(Owner owner, Ledger[] pools, int count) {
        return new Footprint(owner, Hash.ofIdentity(owner), ascending(pools, count));
    }

    /**
     * {@return the same with one pool more}
     *
     * @param pool a definition of the pool
     */
    public Footprint with(Definition pool) {
        return with(pool.ledger());
    }

    Footprint with(Ledger ledger) {
        return with(new Ledger[] {ledger}, 1);
    }

    /**
     * The same with some pools more, in any order: the first {@code count} of an array, which is the footprint's from now on. Nearly
     * always there were none before, and nothing is copied.
     */
    Footprint with(Ledger[] more, int count) {
        if (ledgers.length == 0 && count > 0) {
            return new Footprint(owner, hash, ascending(more, count));
        }
        Ledger[] all = Arrays.copyOf(ledgers, ledgers.length + count);
        int size = ledgers.length;
        for (int i = 0; i < count; i++) {
            size = insert(all, size, more[i]);
        }
        return size == ledgers.length
                ? this
                : new Footprint(owner, hash, size == all.length ? all : Arrays.copyOf(all, size));
    }

    /** The first {@code count} of an array, each once and in order, in the array itself when it is then full. */
    private static Ledger[] ascending(Ledger[] ledgers, int count) {
        int size = 0;
        for (int i = 0; i < count; i++) {
            size = insert(ledgers, size, ledgers[i]);
        }
        return size == ledgers.length ? ledgers : Arrays.copyOf(ledgers, size);
    }

    /** Puts a ledger in its place among the first {@code size}, unless it is there; answers how many there are then. */
    private static int insert(Ledger[] all, int size, Ledger ledger) {
        int at = size;
        while (at > 0 && all[at - 1].number() > ledger.number()) {
            at--;
        }
        if (at > 0 && all[at - 1] == ledger) {
            return size;
        }
        for (int i = size; i > at; i--) {
            all[i] = all[i - 1];
        }
        all[at] = ledger;
        return size + 1;
    }

    /** {@return whose holdings} */
    public Owner owner() {
        return owner;
    }

    /** {@link Hash#ofIdentity} of the owner. */
    int ownerHash() {
        return hash;
    }

    boolean has(Ledger ledger) {
        int from = 0;
        int to = ledgers.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            Ledger there = ledgers[middle];
            if (there == ledger) {
                return true;
            }
            if (there.number() < ledger.number()) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return false;
    }

    int size() {
        return ledgers.length;
    }

    void lock() {
        for (Ledger ledger : ledgers) {
            ledger.lock();
        }
    }

    void unlock() {
        for (Ledger ledger : ledgers) {
            ledger.unlock();
        }
    }

    void advance(long nowMillis) {
        for (Ledger ledger : ledgers) {
            ledger.advance(nowMillis);
        }
    }

    @Override
    public String toString() {
        return owner + " in " + Arrays.toString(ledgers);
    }
}
