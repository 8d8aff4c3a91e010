package io.ipam.benchmarks.goals;

import io.ipam.benchmarks.contest.Contest;
import io.ipam.benchmarks.contest.Contestant;
import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Figures;
import io.ipam.benchmarks.contest.Goal;
import io.ipam.benchmarks.contest.Row;
import io.ipam.benchmarks.peers.Peers;
import io.ipam.bitmap.Bitmap;
import io.ipam.number.Position;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/** Goal 4: a uniformly chosen free position in a /16 that is 99.9 % full. */
public final class RandomChoiceGoal implements Goal {
    private static final int SIZE = 1 << 16;
    private static final int FREE = 66;
    private static final int DRAWS_EACH = 400;

    @Override
    public int number() {
        return 4;
    }

    @Override
    public String title() {
        return "uniform random choice";
    }

    @Override
    public List<Row> run(Effort effort) {
        BitSet held = Peers.holes(SIZE, FREE, 7);
        Bitmap bitmap = Bitmap.covering(0, SIZE - 1);
        held.stream().forEach(each -> bitmap.set(0, each));
        checkUniform(bitmap, held);
        Figures figures = new Contest(effort)
                .run(List.of(
                        new Contestant("rank and select", n -> select(bitmap, n)),
                        new Contestant("probing", n -> probe(held, n))));
        return List.of(new Row(
                4,
                "random free position, /16, 99.9 % full",
                figures.median("rank and select"),
                "probing a BitSet",
                figures.median("probing"),
                "ns",
                Bars.RANDOM_CHOICE.bar()));
    }

    private static long select(Bitmap bitmap, int operations) {
        SplittableRandom random = new SplittableRandom(1);
        Position cursor = new Position();
        long sum = 0;
        for (int i = 0; i < operations; i++) {
            bitmap.randomClear(random.nextLong(), cursor);
            sum += cursor.low();
        }
        return sum;
    }

    private static long probe(BitSet held, int operations) {
        SplittableRandom random = new SplittableRandom(1);
        long sum = 0;
        for (int i = 0; i < operations; i++) {
            int drawn = random.nextInt(SIZE);
            while (held.get(drawn)) {
                drawn = random.nextInt(SIZE);
            }
            sum += drawn;
        }
        return sum;
    }

    /**
     * Checks that each free position is drawn about equally often (within 6 standard deviations)
     * and no held one is drawn.
     */
    private static void checkUniform(Bitmap bitmap, BitSet held) {
        int[] drawn = new int[SIZE];
        SplittableRandom random = new SplittableRandom(3);
        Position cursor = new Position();
        for (int i = 0; i < FREE * DRAWS_EACH; i++) {
            bitmap.randomClear(random.nextLong(), cursor);
            drawn[(int) cursor.low()]++;
        }
        double tolerance = 6 * Math.sqrt(DRAWS_EACH);
        for (int i = 0; i < SIZE; i++) {
            int expected = held.get(i) ? 0 : DRAWS_EACH;
            if (Math.abs(drawn[i] - expected) > (held.get(i) ? 0 : tolerance)) {
                throw new IllegalStateException("position " + i + " was drawn " + drawn[i] + " times, not " + expected);
            }
        }
    }
}
