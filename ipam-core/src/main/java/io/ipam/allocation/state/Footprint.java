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
    private final Ledger[] ledgers;

    private Footprint(Owner owner, Ledger[] ledgers) {
        this.owner = owner;
        this.ledgers = ledgers;
    }

    /**
     * {@return what the owner holds, and no pool}
     *
     * @param owner the owner
     */
    public static Footprint of(Owner owner) {
        return new Footprint(owner, NO_LEDGERS);
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
        int at = 0;
        while (at < ledgers.length && ledgers[at].number() < ledger.number()) {
            at++;
        }
        if (at < ledgers.length && ledgers[at] == ledger) {
            return this;
        }
        Ledger[] more = new Ledger[ledgers.length + 1];
        System.arraycopy(ledgers, 0, more, 0, at);
        more[at] = ledger;
        System.arraycopy(ledgers, at, more, at + 1, ledgers.length - at);
        return new Footprint(owner, more);
    }

    /** {@return whose holdings} */
    public Owner owner() {
        return owner;
    }

    boolean has(Ledger ledger) {
        for (Ledger there : ledgers) {
            if (there == ledger) {
                return true;
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
