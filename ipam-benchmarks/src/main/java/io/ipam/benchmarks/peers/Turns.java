package io.ipam.benchmarks.peers;

import io.ipam.owner.Owner;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/**
 * Owners at random places of a large array, who release and allocate in turn.
 *
 * <p>Drawn anew, every turn is of any owner. Where a list of turns is gone through again and again,
 * a part of a large pool is in use, and those who make objects at each turn have them close
 * together, in the order in which they are asked for (decision 0094).
 *
 * <p>An owner comes with its request and is in the near caches by then: so the owners of a few
 * turns are read before these begin, for every contestant alike. Without that, most of the time of
 * each is that of waiting for the owners, not for its records.
 *
 * <p>Thread safety: none.
 */
public final class Turns {
    private static final int TOGETHER = 64;

    private final Owner[] owners;
    private final IntSupplier places;
    private final int[] next = new int[TOGETHER];

    /** Written so that the reads are not optimised away. */
    @SuppressWarnings("unused")
    private int hashes;

    /**
     * Turns that go on where the last ones ended.
     *
     * @param owners all owners
     * @param places whose turn it is: indexes of owners
     */
    public Turns(Owner[] owners, IntSupplier places) {
        this.owners = owners;
        this.places = places;
    }

    /**
     * {@return turns of owners that are drawn anew, each as likely as any other}
     *
     * @param owners all owners
     * @param seed of the choice: equal seeds choose the same owners
     */
    public static Turns drawn(Owner[] owners, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Turns(owners, () -> random.nextInt(owners.length));
    }

    /**
     * {@return turns of owners that are drawn once, and then again and again in the same order}
     *
     * @param owners all owners
     * @param seed of the choice
     * @param count how many are drawn
     */
    public static Turns again(Owner[] owners, long seed, int count) {
        int[] list = new SplittableRandom(seed).ints(count, 0, owners.length).toArray();
        int[] next = {0};
        return new Turns(owners, () -> {
            int place = list[next[0]];
            next[0] = (next[0] + 1) % count;
            return place;
        });
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
            next[i] = places.getAsInt();
            String uid = owners[next[i]].uid();
            // A text that has its hash already does not read its characters for it.
            hash ^= uid.hashCode() ^ uid.charAt(uid.length() - 1);
        }
        hashes = hash;
    }
}
