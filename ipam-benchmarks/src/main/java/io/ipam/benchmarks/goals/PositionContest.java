package io.ipam.benchmarks.goals;

import io.ipam.benchmarks.contest.Contest;
import io.ipam.benchmarks.contest.Contestant;
import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Figures;
import io.ipam.benchmarks.peers.LowestFree;
import io.ipam.benchmarks.peers.Peers;
import java.util.BitSet;
import java.util.List;

/**
 * Contests of structures that allocate the lowest free position; each is checked before it is
 * timed.
 */
public final class PositionContest {
    private static final long SEED = 42;
    private static final int CHECKED = 1000;

    private PositionContest() {}

    /**
     * Steady state: returns a random held position, which is then the lowest free one, and takes it
     * again.
     *
     * @param effort the duration
     * @param size number of positions
     * @param free the number of free positions
     * @param peers the contestants
     * @return the figures of one return and one allocation
     */
    public static Figures churn(Effort effort, int size, int free, List<LowestFree> peers) {
        BitSet held = Peers.steady(size, free);
        int[] victims = Peers.victims(size, free, SEED);
        long expected = 0;
        for (int i = 0; i < CHECKED; i++) {
            expected += victims[i];
        }
        for (LowestFree peer : peers) {
            peer.load(size, held);
            check(peer, expected, peer.churn(victims, CHECKED));
        }
        return new Contest(effort)
                .run(peers.stream()
                        .map(peer -> new Contestant(peer.name(), n -> peer.churn(victims, n)))
                        .toList());
    }

    /**
     * Random holes: takes the lowest free position and returns the previous one.
     *
     * @param effort the duration
     * @param size number of positions
     * @param free the number of free positions, at least 2
     * @param peers the contestants
     * @return the figures of one allocation and one return
     */
    public static Figures holes(Effort effort, int size, int free, List<LowestFree> peers) {
        BitSet held = Peers.holes(size, free, SEED);
        int first = held.nextClearBit(0);
        long both = first + held.nextClearBit(first + 1);
        for (LowestFree peer : peers) {
            peer.load(size, held);
            check(peer, CHECKED / 2 * both, peer.takeAndReturn(CHECKED));
        }
        return new Contest(effort)
                .run(peers.stream()
                        .map(peer -> new Contestant(peer.name(), peer::takeAndReturn))
                        .toList());
    }

    /**
     * A whole fill, from no held position to all.
     *
     * @param effort the duration
     * @param size number of positions
     * @param peers the contestants
     * @return the figures of one whole fill
     */
    public static Figures fill(Effort effort, int size, List<LowestFree> peers) {
        for (LowestFree peer : peers) {
            check(peer, size, peer.fill(size));
        }
        return new Contest(effort)
                .run(peers.stream()
                        .map(peer -> new Contestant(peer.name(), n -> {
                            long sum = 0;
                            for (int i = 0; i < n; i++) {
                                sum += peer.fill(size);
                            }
                            return sum;
                        }))
                        .toList());
    }

    private static void check(LowestFree peer, long expected, long actual) {
        if (actual != expected) {
            throw new IllegalStateException(peer.name() + " answers " + actual + ", not " + expected);
        }
    }
}
