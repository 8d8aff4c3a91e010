package io.ipam.benchmarks.peers;

import io.ipam.owner.Owner;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/**
 * Owners at random places of a large array, which release and allocate in turn.
 *
 * <p>In one mode, each turn draws an owner at random. In the other mode, one list of turns is
 * repeated. Then only a part of a large pool is in use. Contestants that allocate objects at each
 * turn have them close together in memory, in request order (decision 0094).
 *
 * <p>A request brings its owner into the near caches. So the owners of a few turns are read before
 * these turns begin, for every contestant. Otherwise most of the time would be spent on waiting for
 * the owners, not for the records.
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
     * Turns that continue where the last ones ended.
     *
     * @param owners all owners
     * @param places the indexes of the owners, in order of turns
     */
    public Turns(Owner[] owners, IntSupplier places) {
        this.owners = owners;
        this.places = places;
    }

    /**
     * {@return turns of owners that are drawn at each turn, uniformly}
     *
     * @param owners all owners
     * @param seed the seed of the choice: equal seeds choose the same owners
     */
    public static Turns drawn(Owner[] owners, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Turns(owners, () -> random.nextInt(owners.length));
    }

    /**
     * {@return turns of owners that are drawn once and then repeated in the same order}
     *
     * @param owners all owners
     * @param seed the seed of the choice
     * @param count the number of owners to draw
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
     * Runs the next turns.
     *
     * @param keeper the records under test
     * @param count the number of turns
     * @return the sum of the lower halves of the allocated addresses
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
            // A string with a cached hash does not read its characters again.
            hash ^= uid.hashCode() ^ uid.charAt(uid.length() - 1);
        }
        hashes = hash;
    }
}
