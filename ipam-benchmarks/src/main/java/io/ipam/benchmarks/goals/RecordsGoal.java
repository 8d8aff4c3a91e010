package io.ipam.benchmarks.goals;

import io.ipam.allocation.AllocationOrder;
import io.ipam.benchmarks.contest.Contest;
import io.ipam.benchmarks.contest.Contestant;
import io.ipam.benchmarks.contest.Effort;
import io.ipam.benchmarks.contest.Figures;
import io.ipam.benchmarks.contest.Footprint;
import io.ipam.benchmarks.contest.Goal;
import io.ipam.benchmarks.contest.Row;
import io.ipam.benchmarks.peers.HashMapRecords;
import io.ipam.benchmarks.peers.IpamRecords;
import io.ipam.benchmarks.peers.Pods;
import io.ipam.benchmarks.peers.RecordKeeper;
import io.ipam.benchmarks.peers.Turns;
import io.ipam.engine.state.RecordStructures;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Goal 6: records of held addresses. */
public final class RecordsGoal implements Goal {
    private static final int CHECKED = 1000;
    private static final long SEED = 11;
    private static final int LIST = 1 << 16;
    private static final long HOUR_MILLIS = 3_600_000;

    @Override
    public int number() {
        return 6;
    }

    @Override
    public String title() {
        return "records of owner, interface and generation";
    }

    @Override
    public List<Row> run(Effort effort) {
        List<Row> rows = new ArrayList<>();
        Pool small = pool(16);
        compare(rows, effort, small, 16, 7, Bars.RECORDS_16);
        compare(rows, effort, pool(20), 20, 105, Bars.RECORDS_12);
        Owner[] owners = Pods.owners(1 << 16);
        addMemory(
                rows,
                "retained per allocation, full /16",
                held(small, AllocationOrder.LOWEST, owners),
                Bars.HELD_DENSE);
        Pool sparse = Pool.builder("sparse", "2001:db8::/64")
                .ips("2001:db8::1-2001:db8::ffff:ffff:ffff:ffff")
                .build();
        addMemory(
                rows,
                "retained per allocation, random in a /64",
                held(sparse, AllocationOrder.RANDOM, owners),
                Bars.HELD_SPARSE);
        double cooling = cooled(small, owners, HOUR_MILLIS) - cooled(small, owners, 0);
        addMemory(rows, "retained per cooling address", cooling, Bars.COOLING);
        return rows;
    }

    private static Pool pool(int bits) {
        String subnet = "10.0.0.0/" + (32 - bits);
        return Pool.builder("dense", subnet)
                .ips("10.0.0.0-" + (bits == 16 ? "10.0.255.255" : "10.15.255.255"))
                .build();
    }

    private static void compare(List<Row> rows, Effort effort, Pool pool, int bits, int free, Bars bar) {
        int size = 1 << bits;
        Owner[] owners = Pods.owners(size - free);
        SplittableRandom random = new SplittableRandom(SEED);
        long expected = LongStream.generate(() -> pool.addresses().firstLow(0) + random.nextInt(owners.length))
                .limit(CHECKED)
                .sum();
        List<RecordKeeper> keepers = new ArrayList<>(List.of(new RecordStructures(pool), new HashMapRecords(pool)));
        boolean transactionsToo = bits == 16 || effort.isFull();
        if (transactionsToo) {
            keepers.add(new IpamRecords(pool, AllocationOrder.LOWEST, 0));
        }
        for (RecordKeeper keeper : keepers) {
            keeper.load(owners);
            long actual = Turns.drawn(owners, SEED).make(keeper, CHECKED);
            if (actual != expected) {
                throw new IllegalStateException(keeper.name() + " answers " + actual + ", not " + expected);
            }
        }
        Figures figures = new Contest(effort.forMuchCode())
                .run(keepers.stream()
                        .map(keeper -> contestant(keeper, Turns.drawn(owners, SEED)))
                        .toList());
        rows.add(new Row(
                6,
                "release and allocate with records, /" + (32 - bits),
                figures.median("ipam structures"),
                "HashMaps",
                figures.median("HashMaps"),
                "ns",
                bar.bar()));
        if (transactionsToo) {
            rows.add(new Row(
                    6,
                    "the same as two whole transactions, /" + (32 - bits),
                    figures.median("ipam"),
                    "HashMaps",
                    figures.median("HashMaps"),
                    "ns",
                    Bars.TRANSACTIONS.bar()));
        }
        if (effort.isFull()) {
            Figures again = new Contest(effort.forMuchCode())
                    .run(keepers.subList(0, 2).stream()
                            .map(keeper -> contestant(keeper, Turns.again(owners, SEED, LIST)))
                            .toList());
            rows.add(beside("the same turns again and again, /" + (32 - bits), again, "ipam structures"));
        }
        if (bits == 16) {
            double theirs = Footprint.bytesBeside(keepers.get(1).state(), pool, owners);
            rows.add(Row.info(
                    6,
                    "retained per allocation, /16",
                    perOwner((IpamRecords) keepers.get(2), owners),
                    "HashMaps",
                    theirs / owners.length,
                    "B"));
        }
    }

    private static Row beside(String what, Figures figures, String ours) {
        return Row.info(6, what, figures.median(ours), "HashMaps", figures.median("HashMaps"), "ns");
    }

    private static Contestant contestant(RecordKeeper keeper, Turns turns) {
        return new Contestant(keeper.name(), n -> turns.make(keeper, n));
    }

    private static void addMemory(List<Row> rows, String what, double bytes, Bars bar) {
        rows.add(Row.figure(6, what, bytes, "B", bar.bar()));
    }

    private static double held(Pool pool, AllocationOrder order, Owner[] owners) {
        IpamRecords records = new IpamRecords(pool, order, 0);
        records.load(owners);
        return perOwner(records, owners);
    }

    private static double cooled(Pool pool, Owner[] owners, long coolDownMillis) {
        IpamRecords records = new IpamRecords(pool, AllocationOrder.LOWEST, coolDownMillis);
        records.load(owners);
        records.releaseAll();
        return perOwner(records, owners);
    }

    private static double perOwner(IpamRecords records, Owner[] owners) {
        return (double) Footprint.bytesBeside(records.state(), records.shared()) / owners.length;
    }
}
