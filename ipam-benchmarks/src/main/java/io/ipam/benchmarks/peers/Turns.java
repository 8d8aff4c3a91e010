package io.ipam.benchmarks.peers;

import io.ipam.allocation.Owner;
import java.util.SplittableRandom;

/**
 * Owners at random places of a large array, who release and allocate in turn.
 *
 * <p>Every turn is of an owner chosen anew. Were a list of turns gone through again and again, then those who make objects at each turn
 * would find them in memory in the order in which they are asked for, which no cluster grants; and of a large pool but a part would
 * be in use.
 *
 * <p>An owner comes with its request and is in the near caches by then: so the owners of a few turns are read before these begin, for
 * every contestant alike. Without that, most of the time of each is that of waiting for the owners, not for its records.
 *
 * <p>Thread safety: none.
 */
public final class Turns {
    private static final int TOGETHER = 64;

    private final Owner[] owners;
    private final SplittableRandom random;
    private final int[] next = new int[TOGETHER];

    /** Written so that the reads are not optimised away. */
    @SuppressWarnings("unused")
    private int hashes;

    /**
     * Turns that go on where the last ones ended.
     *
     * @param owners all owners
     * @param seed of the choice: equal seeds choose the same owners
     */
    public Turns(Owner[] owners, long seed) {
        this.owners = owners;
        random = new SplittableRandom(seed);
    }

    /**
     * Makes the next turns.
     *
     * @param keeper who keeps the records
     * @param count how many turns
     * @return the sum of the lower halves of the addresses allocated
     */
    public long make(RecordKeeper keeper, int count) {
        long sum = 0;
        for (int done = 0; done < count; done += TOGETHER) {
            int together = Math.min(TOGETHER, count - done);
            choose(together);
            for (int i = 0; i < together; i++) {
                sum += keeper.turn(owners[next[i]]);
            }
        }
        return sum;
    }

    private void choose(int count) {
        int hash = 0;
        for (int i = 0; i < count; i++) {
            next[i] = random.nextInt(owners.length);
            hash ^= owners[next[i]].uid().hashCode();
        }
        hashes = hash;
    }
}
