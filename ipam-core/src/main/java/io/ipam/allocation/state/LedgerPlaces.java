package io.ipam.allocation.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The ledgers of a world by their places: small numbers, which tables of owners keep in place of references. A place is used again
 * when its ledger has ended, and by then no owner has a record in it.
 *
 * <p>Cost: O(1), 4 to 8 B per ledger and 128 B. Thread safety: changes are made under the swap lock; {@link #at} needs no lock, for who asks
 * has the place from a record, which was made by somebody who was given the ledger.
 */
final class LedgerPlaces {
    /** The place of a ledger that has none. */
    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 4;
    /**
     * Elements that nobody uses, behind the others: every request reads the array, and the collector likes to put behind it a ledger,
     * which some requests write (decision 0059).
     */
    private static final int ROOM = 32;

    /** Volatile, so that whoever sees a longer array sees what is in it. */
    private volatile @Nullable Ledger[] ledgers = new Ledger[FIRST_CAPACITY + ROOM];

    private int[] empty = new int[FIRST_CAPACITY];
    private int emptySize;
    private int used;

    /** Gives a ledger a place, unless it has one. */
    void enter(Ledger ledger) {
        if (ledger.place() == NONE) {
            int place = emptySize > 0 ? empty[--emptySize] : freshPlace();
            ledgers[place] = ledger;
            ledger.setPlace(place);
        }
    }

    private int freshPlace() {
        if (used + ROOM == ledgers.length) {
            ledgers = Arrays.copyOf(ledgers, 2 * used + ROOM);
        }
        return used++;
    }

    /** Takes its place from a ledger in which nothing is held. */
    void leave(Ledger ledger) {
        int place = ledger.place();
        if (at(place) != ledger) {
            throw new IllegalStateException(ledger + " is not in its place " + place);
        }
        if (emptySize == empty.length) {
            empty = Arrays.copyOf(empty, 2 * emptySize);
        }
        empty[emptySize++] = place;
        ledgers[place] = null;
        ledger.setPlace(NONE);
    }

    /** The ledger in a place, null when there is none. */
    @Nullable
    Ledger at(int place) {
        @Nullable Ledger[] now = ledgers;
        return place >= 0 && place < now.length ? now[place] : null;
    }
}
