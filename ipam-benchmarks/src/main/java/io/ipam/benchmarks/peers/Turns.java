package io.ipam.benchmarks.peers;

import io.ipam.allocation.Owner;

/**
 * Owners at random places of a large array, who release and allocate in turn.
 *
 * <p>An owner comes with its request and is in the near caches by then: so the owners of a few turns are read before these begin, for
 * every contestant alike. Without that, most of the time of each is that of waiting for the owners, not for its records.
 *
 * <p>Thread safety: none.
 */
public final class Turns {
    private static final int TOGETHER = 64;

    private final Owner[] owners;
    private final int[] order;

    /** Written so that the reads are not optimised away. */
    @SuppressWarnings("unused")
    private int hashes;

    /**
     * Turns that begin anew when all are done.
     *
     * @param owners all owners
     * @param order indexes of owners; a power of two of them
     */
    public Turns(Owner[] owners, int[] order) {
        this.owners = owners;
        this.order = order;
    }

    /**
     * Makes turns from the first on.
     *
     * @param keeper who keeps the records
     * @param count how many turns
     * @return the sum of the lower halves of the addresses allocated
     */
    public long make(RecordKeeper keeper, int count) {
        long sum = 0;
        for (int done = 0; done < count; done += TOGETHER) {
            int together = Math.min(TOGETHER, count - done);
            read(done, together);
            for (int i = 0; i < together; i++) {
                sum += keeper.turn(owner(done + i));
            }
        }
        return sum;
    }

    private void read(int from, int count) {
        int hash = 0;
        for (int i = 0; i < count; i++) {
            hash ^= owner(from + i).uid().hashCode();
        }
        hashes = hash;
    }

    private Owner owner(int turn) {
        return owners[order[turn & (order.length - 1)]];
    }
}
